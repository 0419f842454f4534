/**
 * @file The candidates of NMS with the library's verdicts: a network's claims on the picture, or boxes of the learner's
 * own. Both go through the function that detects.
 */
import {
  type Box,
  type DetectConfig,
  packCorners,
  type Size,
  selectFromProbabilities,
  toCentreSizes,
} from 'singleshot/core'
import type { DrawnObject } from '../../state/control.ts'
import { type Answers, type Claim, inPicture, selectFrom } from '../10-boxes/answers.ts'

/** A box with a score, and what became of it; `anchor` is its place in the list that it came from. */
export type Candidate = Claim

/** The area for own boxes, pixels. */
export const AREA: Size = { width: 400, height: 260 }

/** The classes of own boxes. */
export const OWN_CLASSES = ['cat', 'dog'] as const

/** The network's candidates, best first, boxes in pixels of the picture. */
export function candidatesOf(answers: Answers, changes: Partial<DetectConfig>): Candidate[] {
  const { claims } = selectFrom(answers, changes)
  return claims.map((claim) => ({ ...claim, box: inPicture(claim.box, answers) }))
}

/** Own boxes, best first: each is an anchor that stays where it is. @param scores one a box, above 0 */
export function judgeOwn(
  own: readonly DrawnObject[],
  scores: readonly number[],
  nmsIouThreshold: number,
): Candidate[] {
  const corners = packCorners(own.map(({ box }) => box))
  const anchors = {
    count: own.length,
    corners,
    centreSizes: toCentreSizes(corners),
    cellSizes: new Float32Array(own.length * 2).fill(1),
  }
  const probabilities = own.flatMap(({ classId }, i) => [
    1 - scores[i]!,
    ...OWN_CLASSES.map((_, c) => (c === classId ? scores[i]! : 0)),
  ])
  const candidates: Candidate[] = []
  const options = { classes: OWN_CLASSES, inputSize: AREA, imageSize: AREA }
  selectFromProbabilities(
    Float32Array.from(probabilities),
    new Float32Array(own.length * 4),
    anchors,
    {
      ...options,
      scoreThreshold: 0,
      nmsIouThreshold,
      onVerdict: (verdict) => candidates.push({ ...verdict, box: own[verdict.anchor]!.box }),
    },
  )
  return candidates
}

/** The class with the most candidates; 0 where there are none. */
export function busiestClass(candidates: readonly Candidate[]): number {
  const counts = new Map<number, number>()
  for (const { classId } of candidates) counts.set(classId, (counts.get(classId) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0
}

/** A box as "left, top, right, bottom", whole pixels. */
export function sidesOf({ x1, y1, x2, y2 }: Box): string[] {
  return [x1, y1, x2, y2].map((side) => side.toFixed(0))
}
