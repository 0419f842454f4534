/**
 * @file How far off each anchor's offsets are, one number an anchor; read only where the anchor is positive.
 *
 * Shapes: N images, A anchors.
 */

import { decodeCorners, type Geometry } from '../coder/decode-graph.ts'
import type { OffsetLossConfig } from '../config/loss.ts'
import { absolute, mean, reshape, subtract, sum } from '../graph/ops.ts'
import type { Tensor } from '../graph/tensor.ts'
import { giouLoss } from './giou.ts'
import { smoothL1 } from './smooth-l1.ts'

/**
 * The error of the offsets, [N, A].
 * - smooth-l1 compares the four offsets and adds their errors up;
 * - l1 compares the four sides of the boxes that they mean, in fractions of the input, and takes the mean;
 * - giou compares those boxes as areas.
 * @param offsets predicted, [N, A, 4] @param targets offsets of the object's box, [N, A, 4]
 */
export function offsetError(
  offsets: Tensor,
  targets: Tensor,
  config: OffsetLossConfig,
  geometry: Geometry,
): Tensor {
  const shape = offsets.shape.slice(0, 2)
  if (config.name === 'smooth-l1')
    return reshape(sum(smoothL1(offsets, targets, config), [2]), shape)
  const predicted = decodeCorners(offsets, geometry)
  const wanted = decodeCorners(targets, geometry)
  return config.name === 'l1'
    ? reshape(mean(absolute(subtract(predicted, wanted)), [2]), shape)
    : reshape(giouLoss(predicted, wanted), shape)
}
