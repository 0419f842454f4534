import { apply, type Operator, shapeError } from '../operator.ts'
import { elementCount, type Shape, type Tensor } from '../tensor.ts'

const operator: Operator<{ shape: Shape }> = {
  name: 'reshape',
  infer: ([x], { shape }) => {
    if (elementCount(x!.shape) !== elementCount(shape))
      throw shapeError('reshape', 'expected the same number of elements', [
        [...x!.shape],
        [...shape],
      ])
    return { shape, dtype: x!.dtype }
  },
  lower: (lowering, [x], { attributes }) => lowering.reshape(x!, attributes.shape),
  gradient: ({ inputs: [x] }, dy) => [reshape(dy, x!.shape)],
}

/** The same elements in the same order, counted out in another shape. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  return apply(operator, [x], { shape })
}
