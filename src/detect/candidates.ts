/**
 * @file Which boxes are worth comparing with each other. One anchor may be a candidate for several classes;
 * of each class only the best few go on, because NMS compares them all pairwise.
 *
 * Shapes: A anchors, K classes with background, B candidates.
 */
import type { Corners } from '../box/box.ts'
import { takeRows } from '../box/rows.ts'

/** Boxes that reached the score threshold, class after class, in each class best first. */
export interface Candidates {
  /** [B, 4], as they came in. */
  readonly corners: Corners
  /** [B], 0..1 */
  readonly scores: Float32Array
  /** [B], 0-based, without background. */
  readonly classIds: Int32Array
  /** [B], the anchor each one came from. */
  readonly anchors: Int32Array
}

/** What limits the candidates. */
export interface CandidateOptions {
  /** Scores must be above this, 0..1. */
  readonly scoreThreshold: number
  /** The most that one class may have. */
  readonly maxCandidates: number
}

/**
 * Picks the candidates of one image.
 * @param probabilities [A, K], column 0 is background
 * @param corners [A, 4]; boxes without area are passed over
 */
export function pickCandidates(
  probabilities: Float32Array,
  corners: Corners,
  options: CandidateOptions,
): Candidates {
  const anchorCount = corners.length / 4
  const columns = anchorCount === 0 ? 1 : probabilities.length / anchorCount
  const anchors: number[] = []
  const scores: number[] = []
  const classIds: number[] = []
  const visible = rowsWithArea(corners)
  const column = new Float32Array(anchorCount)
  for (let k = 1; k < columns; k++) {
    for (let a = 0; a < anchorCount; a++) column[a] = probabilities[a * columns + k]!
    for (const a of bestAnchors(column, visible, options)) {
      anchors.push(a)
      scores.push(column[a]!)
      classIds.push(k - 1)
    }
  }
  return {
    corners: takeRows(corners, anchors),
    scores: Float32Array.from(scores),
    classIds: Int32Array.from(classIds),
    anchors: Int32Array.from(anchors),
  }
}

/**
 * Anchors of one class above the threshold, best first, ties by index.
 * @param scores [A] of the class @param visible [A], 1 where the box has an area
 */
function bestAnchors(
  scores: Float32Array,
  visible: Uint8Array,
  { scoreThreshold, maxCandidates }: CandidateOptions,
): number[] {
  const found: number[] = []
  for (let a = 0; a < scores.length; a++)
    if (scores[a]! > scoreThreshold && visible[a] === 1) found.push(a)
  const enough = leastUsefulScore(found, scores, maxCandidates)
  const best: number[] = []
  for (const a of found) if (scores[a]! >= enough) best.push(a)
  return best.sort((i, j) => scores[j]! - scores[i]! || i - j).slice(0, maxCandidates)
}

/**
 * The score of the last one that will be kept. Sorting bare numbers is many times faster than sorting
 * indices by a function, and an untrained network makes every anchor a candidate.
 */
function leastUsefulScore(
  found: readonly number[],
  scores: Float32Array,
  maxCandidates: number,
): number {
  if (found.length <= maxCandidates) return 0
  const sorted = new Float32Array(found.length)
  for (let i = 0; i < found.length; i++) sorted[i] = scores[found[i]!]!
  return sorted.sort()[sorted.length - maxCandidates]!
}

/** [A]: 1 where a box has an area, 0 where clipping left none or a side is NaN. */
function rowsWithArea(corners: Corners): Uint8Array {
  const visible = new Uint8Array(corners.length / 4)
  for (let row = 0, at = 0; row < visible.length; row++, at += 4)
    if (corners[at + 2]! > corners[at]! && corners[at + 3]! > corners[at + 1]!) visible[row] = 1
  return visible
}
