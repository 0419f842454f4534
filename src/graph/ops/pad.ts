import { apply, type Operator, shapeError } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { slice } from './slice.ts'

/** How many elements to add at each axis's beginning and end. */
export interface Padding {
  readonly before: readonly number[]
  readonly after: readonly number[]
  /** The value of the added elements, 0 unless told. */
  readonly value?: number
}

const operator: Operator<Padding> = {
  name: 'pad',
  infer: ([x], { before, after }) => {
    const rank = x!.shape.length
    if (before.length !== rank || after.length !== rank || [...before, ...after].some((n) => n < 0))
      throw shapeError('pad', `expected ${rank} counts of at least 0 on both sides`, [
        [...before],
        [...after],
      ])
    return { shape: x!.shape.map((n, i) => n + before[i]! + after[i]!), dtype: x!.dtype }
  },
  lower: (lowering, [x], { attributes: { before, after, value = 0 } }) =>
    lowering.emit('Pad', [x!, lowering.integers([...before, ...after]), lowering.scalar(value)]),
  gradient: ({ inputs: [x], attributes: { before } }, dy) => [
    slice(
      dy,
      x!.shape.map((length, axis) => ({ axis, start: before[axis]!, end: before[axis]! + length })),
    ),
  ],
}

/** x with a border of equal elements. */
export function pad(x: Tensor, padding: Padding): Tensor {
  return apply(operator, [x], padding)
}
