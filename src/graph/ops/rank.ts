import { apply, type Operator, shapeError } from '../operator.ts'
import type { Tensor } from '../tensor.ts'

const operator: Operator<null> = {
  name: 'rank',
  infer: ([x]) => {
    if (x!.shape.length !== 2) throw shapeError('rank', 'expected [N, A]', x!.shape)
    return { shape: x!.shape, dtype: 'int64' }
  },
  lower: (lowering, [x], { inputs }) => {
    const [rows, length] = inputs[0]!.shape as [number, number]
    const order = lowering.emit(
      'TopK',
      [x!, lowering.integers([length])],
      { axis: 1, largest: 1, sorted: 1 },
      { outputIndex: 1 },
    )
    const positions = lowering.integers(
      Array.from({ length }, (_, i) => i),
      [1, length],
    )
    const places = lowering.emit('Expand', [positions, lowering.integers([rows, length])])
    return lowering.emit('ScatterElements', [order, order, places], { axis: 1 })
  },
}

/**
 * The place of each element when its row is sorted from large to small: 0 for the largest; of equal ones
 * the earlier comes first. x [N, A] gives int64 [N, A]. No gradient: it only decides who takes part.
 */
export function rank(x: Tensor): Tensor {
  return apply(operator, [x], null)
}
