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
  for (let column = 1; column < columns; column++) {
    const scoreOf = (a: number) => probabilities[a * columns + column]!
    for (const a of bestAnchors(scoreOf, corners, options)) {
      anchors.push(a)
      scores.push(scoreOf(a))
      classIds.push(column - 1)
    }
  }
  return {
    corners: takeRows(corners, anchors),
    scores: Float32Array.from(scores),
    classIds: Int32Array.from(classIds),
    anchors: Int32Array.from(anchors),
  }
}

/** Anchors of one class above the threshold, best first, ties by index. */
function bestAnchors(
  scoreOf: (anchor: number) => number,
  corners: Corners,
  { scoreThreshold, maxCandidates }: CandidateOptions,
): number[] {
  const found: number[] = []
  for (let a = 0; a < corners.length / 4; a++)
    if (scoreOf(a) > scoreThreshold && hasArea(corners, a)) found.push(a)
  const enough = leastUsefulScore(found, scoreOf, maxCandidates)
  return found
    .filter((a) => scoreOf(a) >= enough)
    .sort((i, j) => scoreOf(j) - scoreOf(i) || i - j)
    .slice(0, maxCandidates)
}

/**
 * The score of the last one that will be kept. Sorting bare numbers is many times faster than sorting
 * indices by a function, and an untrained network makes every anchor a candidate.
 */
function leastUsefulScore(
  found: readonly number[],
  scoreOf: (anchor: number) => number,
  maxCandidates: number,
): number {
  if (found.length <= maxCandidates) return 0
  const sorted = Float32Array.from(found, scoreOf).sort()
  return sorted[sorted.length - maxCandidates]!
}

function hasArea(corners: Corners, row: number): boolean {
  const at = row * 4
  return corners[at + 2]! > corners[at]! && corners[at + 3]! > corners[at + 1]!
}
