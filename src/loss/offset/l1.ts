/**
 * @file L1 of the boxes: the mean absolute difference of their four sides, in fractions of the input (Lesson 9).
 *
 * Shapes: N images, A anchors.
 */
import { absolute, mean, reshape, subtract } from '../../graph/ops.ts'
import { defineOffsetLoss } from './offset-loss.ts'

/** Mean difference of the boxes' sides. */
export const l1Loss = defineOffsetLoss({
  name: 'l1',
  options: {},
  error(_, { offsets, targets, toCorners }) {
    const difference = absolute(subtract(toCorners(offsets), toCorners(targets)))
    return reshape(mean(difference, [2]), offsets.shape.slice(0, 2))
  },
})
