/** @file A picture for tests: cats and dogs on a grid of a few anchors, with answers written by hand. */
import type { ModelConfig } from '../../src/config/model.ts'
import { type HandMadeAnswer, handMadeModel, traceByHand } from '../../src/explain/hand-made.ts'
import type { TracedObject } from '../../src/explain/object-story.ts'

/** The input is 80 x 40; the picture is 2 times as wide and 3 times as high. */
export const picture = { width: 160, height: 120 }
/** x1, y1, x2, y2 in pixels of the input. */
export type Sides = [number, number, number, number]
/** The same box in pixels of the picture. */
export const inPicture = ([x1, y1, x2, y2]: Sides) => ({
  x1: x1 * 2,
  y1: y1 * 3,
  x2: x2 * 2,
  y2: y2 * 3,
})
/** A cat; sides in pixels of the input. */
export const cat = (...sides: Sides): TracedObject => ({ box: inPicture(sides), classId: 0 })
/** A dog; sides in pixels of the input. */
export const dog = (...sides: Sides): TracedObject => ({ box: inPicture(sides), classId: 1 })

/** Anchor 1 of the grid. */
export const CELL: Sides = [20, 0, 40, 20]
/** The cat on it. */
export const CAT = cat(...CELL)

/** The trace of these objects and answers; no objects: no ground truth. @param changes to the hand-made model */
export function traceOf(
  objects: readonly TracedObject[] | undefined,
  answers: readonly HandMadeAnswer[],
  changes: Partial<ModelConfig> = {},
) {
  const config = handMadeModel(changes)
  return traceByHand({ config, picture, answers, ...(objects && { objects }) })
}
