/** @file Where a claim is drawn at each stage, and which one a click means. Pixels of the picture, with a rim around it. */
import { type Box, boxAt, type Size } from 'singleshot/core'
import { type Answers, type Claim, inPicture } from './answers.ts'
import { claimsAt, type Stage } from './funnel.ts'

/** This much is seen around the picture, so that what sticks out can be seen. */
export function rimOf({ width, height }: Size): number {
  return Math.round(Math.max(width, height) * 0.05)
}

/** The picture with its rim. */
export function around({ width, height }: Size, rim: number): Size {
  return { width: width + 2 * rim, height: height + 2 * rim }
}

/** A box of the picture, in the picture with its rim. */
export function shift({ x1, y1, x2, y2 }: Box, rim: number): Box {
  return { x1: x1 + rim, y1: y1 + rim, x2: x2 + rim, y2: y2 + rim }
}

/** What is drawn of a claim: first its anchor, then its decoded box, then that box cut at the edge. Input pixels. */
export function boxOfClaim({ anchors, decoded }: Answers, claim: Claim, stage: Stage): Box {
  if (stage === 'pairs' || stage === 'claims') return boxAt(anchors.corners, claim.anchor)
  return stage === 'boxes' ? boxAt(decoded, claim.anchor) : claim.box
}

/**
 * The claim that a click means: the best under the point that comes after the chosen one; again the best after the last.
 * @param shown all claims, the stage, and the place of the chosen claim
 * @returns its place among all claims; null where there is none under the point
 */
export function pickClaim(
  answers: Answers,
  { claims, stage, after }: { claims: readonly Claim[]; stage: Stage; after: number },
  { x, y }: { x: number; y: number },
): number | null {
  const under = claimsAt(stage, claims)
    .filter((claim) => {
      const { x1, y1, x2, y2 } = inPicture(boxOfClaim(answers, claim, stage), answers)
      return x >= x1 && x <= x2 && y >= y1 && y <= y2
    })
    .map((claim) => claims.indexOf(claim))
  return under.find((place) => place > after) ?? under[0] ?? null
}
