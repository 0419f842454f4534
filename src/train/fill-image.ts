/**
 * @file One image of a batch, from an example to what a step is fed, in three steps:
 *
 *     vary     example, chance ──▶ where each pixel comes from, in which colours, and the objects as they then lie
 *     paint    pixels of the picture ──▶ images[image]
 *     match    objects, anchors ──▶ classTargets[image], offsetTargets[image]
 */
import type { Anchors } from '../anchor/anchors.ts'
import { type Augmentation, drawAugmentation } from '../augment/augment.ts'
import type { AugmentOptions } from '../augment/options.ts'
import { packCorners } from '../box/box.ts'
import type { ModelConfig } from '../config/model.ts'
import { composeColours } from '../image/colour-matrix.ts'
import { normalisationMatrix } from '../image/normalise.ts'
import { sampleInto } from '../image/sample.ts'
import { composeTransforms } from '../image/transform.ts'
import { type TargetArrays, writeTargets } from '../match/targets.ts'
import { createRandom } from '../random/random.ts'
import type { Shown } from './pictures.ts'

/** What an image is made with: the same for all of a run. */
export interface ImageMaking {
  readonly config: ModelConfig
  readonly anchors: Anchors
  readonly augment: AugmentOptions
  readonly seed: number
}

/** One image of a batch: its place in it and in the endless row, and what is shown there. */
export interface ImageSlot extends Shown {
  /** 0..N-1. */
  readonly image: number
  readonly place: number
}

/** The arrays of a batch of N images. */
export interface ImageArrays extends TargetArrays {
  /** [N, 3, H, W]. */
  readonly images: Float32Array
}

/** Random numbers for pictures must not repeat those for orders (order.ts). */
const PICTURE_SEED = 2

/** Writes one image and its targets into the batch, over whatever was there. */
export function fillImage(making: ImageMaking, arrays: ImageArrays, slot: ImageSlot): void {
  const varied = vary(making, slot)
  paint(making, varied, arrays, slot)
  match(making, varied, arrays, slot)
}

/** The place in the row, not what came before, names the random choices. */
function vary({ config, augment, seed }: ImageMaking, { example, place }: ImageSlot): Augmentation {
  return drawAugmentation(example, config.input, createRandom(seed, PICTURE_SEED, place), augment)
}

function paint(
  { config: { input, normalisation } }: ImageMaking,
  varied: Augmentation,
  { images }: ImageArrays,
  { image, pyramid, scale }: ImageSlot,
): void {
  const map = composeTransforms(varied.map, scale)
  const colour = composeColours(varied.colour, normalisationMatrix(normalisation))
  const offset = image * 3 * input.width * input.height
  sampleInto(pyramid, { map, colour, fill: varied.fill }, images, offset, input)
}

function match(
  { config, anchors }: ImageMaking,
  { objects, crowds }: Augmentation,
  arrays: ImageArrays,
  { image }: ImageSlot,
): void {
  const corners = packCorners(objects.map(({ box }) => box))
  const classIds = objects.map(({ classId }) => classId)
  const options = { ...config.match, boxCoder: config.boxCoder }
  writeTargets({ corners, classIds, crowds }, anchors, { arrays, image }, options)
}
