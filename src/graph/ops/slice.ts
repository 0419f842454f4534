import { apply, type Operator, shapeError } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { pad } from './pad.ts'

/** Which part of one axis: elements start, start + 1, ... up to but without end. */
export interface SliceRange {
  readonly axis: number
  readonly start: number
  readonly end: number
}

const operator: Operator<{ ranges: readonly SliceRange[] }> = {
  name: 'slice',
  infer: ([x], { ranges }) => {
    let shape = x!.shape
    for (const { axis, start, end } of ranges) {
      if (!(0 <= start && start < end && end <= (x!.shape[axis] ?? 0)))
        throw shapeError(
          'slice',
          `expected 0 <= start < end <= ${x!.shape[axis]} on axis ${axis}`,
          [start, end],
        )
      shape = shape.with(axis, end - start)
    }
    return { shape, dtype: x!.dtype }
  },
  lower: (lowering, [x], { attributes: { ranges } }) =>
    lowering.emit('Slice', [
      x!,
      lowering.integers(ranges.map((range) => range.start)),
      lowering.integers(ranges.map((range) => range.end)),
      lowering.integers(ranges.map((range) => range.axis)),
    ]),
  gradient: ({ inputs: [x], attributes: { ranges } }, dy) => {
    // What was cut away did not matter to the loss: zeros take its place.
    const before = x!.shape.map(() => 0)
    const after = x!.shape.map(() => 0)
    for (const { axis, start, end } of ranges) {
      before[axis] = start
      after[axis] = x!.shape[axis]! - end
    }
    return [pad(dy, { before, after })]
  },
}

/** A part of x along one or more axes. */
export function slice(x: Tensor, ranges: readonly SliceRange[]): Tensor {
  return apply(operator, [x], { ranges })
}
