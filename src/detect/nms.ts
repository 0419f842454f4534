/**
 * @file NMS, non-maximum suppression: of several boxes on the same object keep the best. Go through the
 * boxes from the highest score down; keep a box unless it overlaps one already kept by more than
 * nmsIouThreshold.
 *
 * Two different kinds of object may well overlap (a rider and a horse), so boxes of different classes never
 * suppress each other: {@link nmsPerClass} runs each class by itself.
 *
 * The order is fixed: higher score first, and of equal scores the lower index, so that the same input
 * gives the same boxes on every machine. A score that is NaN is never kept.
 *
 * Shapes: B boxes.
 */
import { boxAt, type Corners } from '../box/box.ts'
import { countRows } from '../box/rows.ts'
import { checkShare } from '../check/check-share.ts'
import { DETECT_DEFAULTS } from '../config/detect-defaults.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { KeptBoxes } from './kept-boxes.ts'

/** How much overlap is too much. */
export interface NmsOptions {
  /** A box goes when its IoU with a kept one is above this, 0..1. Default as in {@link DETECT_DEFAULTS}. */
  readonly nmsIouThreshold?: number
}

/**
 * NMS over boxes of one class.
 * @param corners [B, 4], any unit
 * @param scores [B]
 * @returns indices of the kept boxes, best first
 * @throws E_SHAPE when there are not as many scores as boxes; E_CONFIG for a threshold out of range
 */
export function nms(corners: Corners, scores: Float32Array, options: NmsOptions = {}): number[] {
  checkSameCount('nms', corners, scores.length)
  return nmsPerClass(corners, scores, new Uint8Array(scores.length), options)
}

/**
 * NMS for each class by itself. One image only: boxes of different images must not meet here.
 * @param corners [B, 4], any unit
 * @param scores [B]
 * @param classIds [B]
 * @returns indices of the kept boxes of all classes, best first
 * @throws E_SHAPE when there are not as many scores or classes as boxes; E_CONFIG for a threshold out of range
 * @example
 * ```js
 * import { nmsPerClass } from 'singleshot/core'
 *
 * const corners = Float32Array.of(0, 0, 20, 10, 1, 0, 21, 10, 40, 0, 60, 10)
 * console.log(nmsPerClass(corners, Float32Array.of(0.8, 0.9, 0.7), [0, 0, 0])) // → [ 1, 2 ]
 * ```
 */
export function nmsPerClass(
  corners: Corners,
  scores: Float32Array,
  classIds: ArrayLike<number>,
  options: NmsOptions = {},
): number[] {
  const nmsIouThreshold =
    checkShare(options, 'nmsIouThreshold', 'nms') ?? DETECT_DEFAULTS.nmsIouThreshold
  checkSameCount('nmsPerClass', corners, scores.length)
  checkSameCount('nmsPerClass', corners, classIds.length)
  const keptOf = new Map<number, KeptBoxes>()
  return orderByScore(scores).filter((row) => {
    const kept = keptOf.get(classIds[row]!) ?? new KeptBoxes()
    keptOf.set(classIds[row]!, kept)
    const box = boxAt(corners, row)
    if (kept.suppressorOf(box, nmsIouThreshold) !== undefined) return false
    kept.keep(box)
    return true
  })
}

/** Indices from the highest score down, ties by index, NaN left out. */
function orderByScore(scores: Float32Array): number[] {
  const order: number[] = []
  for (let i = 0; i < scores.length; i++) if (!Number.isNaN(scores[i]!)) order.push(i)
  return order.sort((i, j) => scores[j]! - scores[i]! || i - j)
}

function checkSameCount(where: string, corners: Corners, count: number): void {
  const boxes = countRows(corners, where)
  if (boxes === count) return
  const rule = `expected a score and a class for each of ${boxes} boxes`
  throw new SingleshotError('E_SHAPE', { where, rule, got: count })
}
