/** @file Sums and means over axes. The reduced axes stay with length 1 unless `drop` is asked for. */
import { apply, type Operator } from '../operator.ts'
import { constant, elementCount, type Shape, type Tensor } from '../tensor.ts'
import { expand } from './expand.ts'
import { multiply } from './multiply.ts'
import { reshape } from './reshape.ts'

interface Reduction {
  readonly axes: readonly number[]
}

function reducedShape(shape: Shape, axes: readonly number[]): Shape {
  return shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
}

const sumOperator: Operator<Reduction> = {
  name: 'sum',
  infer: ([x], { axes }) => ({ shape: reducedShape(x!.shape, axes), dtype: 'float32' }),
  lower: (lowering, [x], { attributes: { axes } }) =>
    lowering.emit('ReduceSum', [x!, lowering.integers(axes)], { keepdims: 1 }),
  gradient: ({ inputs: [x] }, dy) => [expand(dy, x!.shape)],
}

const meanOperator: Operator<Reduction> = {
  ...sumOperator,
  name: 'mean',
  lower: (lowering, [x], { attributes: { axes } }) =>
    lowering.emit('ReduceMean', [x!, lowering.integers(axes)], { keepdims: 1 }),
  gradient: ({ inputs: [x], output }, dy) => {
    const share = elementCount(output.shape) / elementCount(x!.shape)
    return [expand(multiply(dy, constant(share)), x!.shape)]
  },
}

const allAxes = (x: Tensor) => x.shape.map((_, axis) => axis)

/** Sum over the axes (all, unless told), which stay with length 1. */
export function sum(x: Tensor, axes: readonly number[] = allAxes(x)): Tensor {
  return apply(sumOperator, [x], { axes })
}

/** Mean over the axes (all, unless told), which stay with length 1. */
export function mean(x: Tensor, axes: readonly number[] = allAxes(x)): Tensor {
  return apply(meanOperator, [x], { axes })
}

/** Sum of all elements, as a scalar of shape []. */
export function total(x: Tensor): Tensor {
  return reshape(sum(x), [])
}
