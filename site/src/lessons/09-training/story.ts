/** @file What is kept of a snapshot's trace: its loss, what it detects, the probabilities at the best anchor of each object. */
import type { DetectionTrace, Trace } from 'singleshot/core'

/** One snapshot's word on the picture. */
export interface Story {
  /** Null for a picture without labels. */
  readonly loss: Trace['loss']
  /** Best first, down to {@link LEAST_SCORE}. */
  readonly detections: readonly DetectionTrace[]
  readonly objects: readonly ObjectStory[]
}

/** The probabilities at the best anchor of one object. */
export interface ObjectStory {
  readonly className: string
  readonly anchor: number
  /** Probability of the correct class, of background, and of the most likely other class. */
  readonly right: number
  readonly background: number
  readonly other: number
}

/** Detections below this are not kept. */
export const LEAST_SCORE = 0.05

/** Keeps what the lesson shows of a trace; the rest is thousands of numbers. */
export function tellStory({ loss, detections, objects, anchors }: Trace): Story {
  return {
    loss,
    detections,
    objects: objects.flatMap(({ className, classId, bestAnchor }) => {
      if (bestAnchor === null) return []
      const { probabilities } = anchors[bestAnchor]!.predicted
      return [{ className, anchor: bestAnchor, ...threeChances(probabilities, classId + 1) }]
    }),
  }
}

/** The probabilities of the correct class, of background, and of the most likely other class. */
export function threeChances(probabilities: readonly number[], right: number) {
  const others = probabilities.filter((_, i) => i !== 0 && i !== right)
  return {
    right: probabilities[right]!,
    background: probabilities[0]!,
    other: others.reduce((a, b) => Math.max(a, b), 0),
  }
}

/** The order in which snapshots are asked: the one shown first, then the others as they come. */
export function askingOrder(count: number, shown: number): number[] {
  const all = Array.from({ length: count }, (_, i) => i)
  return shown >= 0 && shown < count ? [shown, ...all.filter((i) => i !== shown)] : all
}
