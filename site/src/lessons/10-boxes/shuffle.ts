/** @file The list of anchors in another order, under the same numbers: only its place in the list ties a number to an anchor. */
import {
  type Anchors,
  boxAt,
  boxIou,
  type Detection,
  type FeatureMap,
  packCorners,
  toCentreSizes,
} from 'singleshot/core'
import { type Answers, selectFrom } from './answers.ts'

/** How the list is shuffled. */
export const ORDERS = ['kept', 'shapes', 'reversed'] as const
/** One of them. */
export type Order = (typeof ORDERS)[number]

/** The anchor at every place of the shuffled list. @param maps of the network, finest first */
export function orderOf(order: Order, anchors: Anchors, maps: readonly FeatureMap[]): Int32Array {
  const places = Int32Array.from({ length: anchors.count }, (_, i) => i)
  if (order === 'kept') return places
  if (order === 'reversed') return places.reverse()
  let first = 0
  for (const { gridWidth, gridHeight, shapes } of maps) {
    const end = first + gridWidth * gridHeight * shapes.length
    for (let cell = first; cell < end; cell += shapes.length)
      places.subarray(cell, cell + shapes.length).reverse()
    first = end
  }
  return places
}

/** The anchors in that order. */
export function inOrder(anchors: Anchors, order: Int32Array): Anchors {
  const corners = packCorners([...order].map((anchor) => boxAt(anchors.corners, anchor)))
  const cellSizes = Float32Array.from(
    [...order].flatMap((anchor) => [...anchors.cellSizes.subarray(anchor * 2, anchor * 2 + 2)]),
  )
  return { ...anchors, corners, centreSizes: toCentreSizes(corners), cellSizes }
}

/** The detections of the same numbers, read with a shuffled list. */
export function detectShuffled(
  answers: Answers,
  order: Int32Array,
  scoreThreshold: number,
): readonly Detection[] {
  return selectFrom({ ...answers, anchors: inOrder(answers.anchors, order) }, { scoreThreshold })
    .detections
}

/** How many objects a detection of their class covers. @param iou at least so much, 0..1 */
export function foundObjects(
  objects: readonly { readonly box: Detection['box']; readonly classId: number }[],
  detections: readonly Detection[],
  iou: number,
): number {
  return objects.filter(({ box, classId }) =>
    detections.some((one) => one.classId === classId && boxIou(one.box, box) >= iou),
  ).length
}

/** How many of two lists of numbers differ, bit for bit. */
export function differing(
  one: Answers,
  other: Answers,
): { readonly differing: number; readonly of: number } {
  const count = (a: Float32Array, b: Float32Array) =>
    a.reduce((sum, value, i) => sum + (Object.is(value, b[i]) ? 0 : 1), 0)
  return {
    differing: count(one.probabilities, other.probabilities) + count(one.offsets, other.offsets),
    of: one.probabilities.length + one.offsets.length,
  }
}
