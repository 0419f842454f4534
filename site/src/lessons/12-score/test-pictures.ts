/** @file The pictures on which the detector is measured: generated scenes that it has not learned from. */
import { type GroundTruth, generateScene, type Image, LESSON_SCENES } from 'singleshot/core'

/** How many. */
export const PICTURES = 20

/** Names the generated scenes of the page; the model that comes with it has learned from others. */
const SEED = 1

/** Far from the scenes that a learner leafs through. */
const FIRST = 90_000

/** Harder than those that the model has learned from: more shapes, turned farther. */
const HARDER = { ...LESSON_SCENES, crowdedShare: 0.6, largestTurn: 0.9 }

/** A picture with its objects, class ids in SHAPE_CLASSES. */
export interface TestPicture {
  readonly image: Image
  readonly objects: readonly GroundTruth[]
}

/** One of them. @param place 0..PICTURES-1 */
export function testPicture(place: number): TestPicture {
  return generateScene(SEED, FIRST + place, HARDER)
}
