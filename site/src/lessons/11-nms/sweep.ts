/** @file The same answers under every NMS threshold: how many boxes stay, and how many real objects they find. */
import { type GroundTruth, judgeClass } from 'singleshot/core'
import type { Answers } from '../10-boxes/answers.ts'
import { type Candidate, candidatesOf } from './candidates.ts'

/** An object of the picture; class ids as the answers count them. */
export type RealObject = GroundTruth

/** What one threshold gives. */
export interface SweepPoint {
  readonly nmsIouThreshold: number
  /** Boxes that stay. */
  readonly kept: number
  /** Real objects that one of them hits with an IoU of at least .5. */
  readonly found: number
}

/** How many objects the kept boxes find. @param classes the classes that are looked at */
export function countFound(
  candidates: readonly Candidate[],
  objects: readonly RealObject[],
  classes: readonly number[],
): number {
  const detections = candidates.filter(({ kind }) => kind === 'kept')
  const found = classes.map((classId) => {
    const { judgements } = judgeClass([{ groundTruth: objects, detections }], { classId })
    return judgements.filter(({ verdict }) => verdict === 'true-positive').length
  })
  return found.reduce((sum, count) => sum + count, 0)
}

/** Thresholds from 0 to 1. */
const STEPS = 20

/** Every threshold in turn. */
export function sweep(
  answers: Answers,
  scoreThreshold: number,
  { objects, classes }: { objects: readonly RealObject[]; classes: readonly number[] },
): SweepPoint[] {
  return Array.from({ length: STEPS + 1 }, (_, i) => {
    const nmsIouThreshold = i / STEPS
    const candidates = candidatesOf(answers, { scoreThreshold, nmsIouThreshold })
    const own = candidates.filter(
      ({ kind, classId }) => kind === 'kept' && classes.includes(classId),
    )
    return { nmsIouThreshold, kept: own.length, found: countFound(candidates, objects, classes) }
  })
}
