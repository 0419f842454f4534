/**
 * @file What every anchor should answer for one training image: a class (0 for background) and, for the
 * positive ones, the offsets onto its object. Ground truth belongs to an image; a target to an anchor.
 *
 *     classTargets[a]  = classId of its object + 1, or 0           offsetTargets[a] = encode(object, anchor a), or 0
 *
 * Shapes: N images of a batch, A anchors, M ground-truth boxes of one image.
 */
import type { Anchors } from '../anchor/anchors.ts'
import type { Box, Corners } from '../box/box.ts'
import { toCentreSizes } from '../box/convert.ts'
import { countRows } from '../box/rows.ts'
import { type BoxCoderOptions, encoder, SSD_BOX_CODER } from '../coder/coders.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { ignoreCrowds } from './crowds.ts'
import { type Match, type MatchOptions, matchObjects } from './match.ts'

/** Class 0 inside the network. It is in no public class list: classId c is class c + 1 inside. */
export const BACKGROUND = 0

/** The objects of one image, as the network's input shows them. */
export interface TargetObjects {
  /** [M, 4], pixels of the network's input. */
  readonly corners: Corners
  /** [M], 0-based, without background. */
  readonly classIds: ArrayLike<number>
  /** Boxes around many objects, same unit: anchors there that are responsible for no object are asked nothing. Default none. */
  readonly crowds?: readonly Box[] | undefined
}

/** Targets of one image, or of a batch of N, one image after the other. */
export interface TargetArrays {
  /** [N, A]: 0 background, -1 nothing is asked, else classId + 1. */
  readonly classTargets: Int32Array
  /** [N, A, 4]: dx, dy, dw, dh; 0 where the anchor is negative. */
  readonly offsetTargets: Float32Array
  /** [N, A]: the object that the anchor answers for, or -1. */
  readonly matched: Int32Array
}

/** Targets of one image (N = 1). */
export interface Targets extends TargetArrays {
  /** How many anchors are positive. */
  readonly positives: number
  /** The matching that they follow. */
  readonly match: Match
}

/** How targets are made. */
export type TargetOptions = MatchOptions & BoxCoderOptions

/**
 * Makes the arrays that {@link writeTargets} fills; keep them from batch to batch.
 * @param imageCount N @param anchorCount A
 */
export function createTargetArrays(imageCount: number, anchorCount: number): TargetArrays {
  const count = imageCount * anchorCount
  return {
    classTargets: new Int32Array(count),
    offsetTargets: new Float32Array(count * 4),
    matched: new Int32Array(count),
  }
}

/**
 * Targets of one image.
 * @param objects M may be 0: then every anchor is background
 * @param anchors of the network
 * @throws E_SHAPE when corners and classIds differ in number; E_BOX_FORMAT when a coordinate is not finite
 */
export function buildTargets(
  objects: TargetObjects,
  anchors: Anchors,
  options: TargetOptions = {},
): Targets {
  const arrays = createTargetArrays(1, anchors.count)
  return { ...arrays, ...fillTargets(objects, anchors, { arrays, image: 0 }, options) }
}

/** A place in the arrays of a batch. */
interface Place {
  readonly arrays: TargetArrays
  /** Which of its images, 0..N-1. */
  readonly image: number
}

/**
 * The same, written into the arrays of a batch; whatever was in the image's place is overwritten.
 * @param place the batch, and which of its images this is, 0..N-1
 * @returns how many anchors are positive
 * @throws as {@link buildTargets}, and E_SHAPE when the batch has no such image
 */
export function writeTargets(
  objects: TargetObjects,
  anchors: Anchors,
  place: Place,
  options: TargetOptions = {},
): number {
  return fillTargets(objects, anchors, place, options).positives
}

function fillTargets(
  objects: TargetObjects,
  anchors: Anchors,
  place: Place,
  options: TargetOptions,
): Pick<Targets, 'positives' | 'match'> {
  checkObjects(objects)
  const { classTargets, offsetTargets, matched } = imageSlice(
    place.arrays,
    place.image,
    anchors.count,
  )
  const match = matchObjects(objects.corners, anchors.corners, options, matched)
  classTargets.fill(BACKGROUND)
  offsetTargets.fill(0)
  const boxes = toCentreSizes(objects.corners)
  const encode = encoder(options.boxCoder ?? SSD_BOX_CODER, anchors, offsetTargets)
  let positives = 0
  for (let anchor = 0; anchor < matched.length; anchor++) {
    const object = matched[anchor]!
    if (object < 0) continue
    classTargets[anchor] = objects.classIds[object]! + 1
    encode(boxes, object, anchor)
    positives += 1
  }
  if (objects.crowds !== undefined)
    ignoreCrowds(objects.crowds, anchors.corners, matched, classTargets)
  return { positives, match }
}

function imageSlice(arrays: TargetArrays, image: number, anchorCount: number): TargetArrays {
  const start = image * anchorCount
  const end = start + anchorCount
  if (image < 0 || end > arrays.classTargets.length)
    throw new SingleshotError('E_SHAPE', {
      where: 'writeTargets',
      rule: `expected an image of a batch of ${arrays.classTargets.length / anchorCount}`,
      got: image,
    })
  return {
    classTargets: arrays.classTargets.subarray(start, end),
    offsetTargets: arrays.offsetTargets.subarray(start * 4, end * 4),
    matched: arrays.matched.subarray(start, end),
  }
}

function checkObjects({ corners, classIds }: TargetObjects): void {
  const where = 'buildTargets'
  const count = countRows(corners, where)
  if (count !== classIds.length) {
    const rule = `expected a class for each of ${count} boxes`
    throw new SingleshotError('E_SHAPE', { where, rule, got: classIds.length })
  }
  const broken = corners.findIndex((value) => !Number.isFinite(value))
  if (broken < 0) return
  const object = `object ${Math.floor(broken / 4)}`
  const rule = 'expected finite coordinates'
  throw new SingleshotError('E_BOX_FORMAT', { where, rule, got: corners[broken], object })
}
