import { apply, type Operator, shapeError } from '../operator.ts'
import type { Tensor } from '../tensor.ts'

const operator: Operator<{ order: readonly number[] }> = {
  name: 'transpose',
  infer: ([x], { order }) => {
    const sorted = order.toSorted((a, b) => a - b)
    if (sorted.length !== x!.shape.length || sorted.some((axis, i) => axis !== i))
      throw shapeError('transpose', `expected an order of the axes of [${x!.shape}]`, order)
    return { shape: order.map((axis) => x!.shape[axis]!), dtype: x!.dtype }
  },
  lower: (lowering, names, { attributes }) =>
    lowering.emit('Transpose', names, { perm: attributes.order }),
  gradient: ({ attributes: { order } }, dy) => [
    transpose(
      dy,
      order.map((_, axis) => order.indexOf(axis)),
    ),
  ],
}

/** Axes in another order: axis i of the result is axis `order[i]` of x. */
export function transpose(x: Tensor, order: readonly number[]): Tensor {
  return apply(operator, [x], { order })
}
