/**
 * @file One image of a batch, from an example (or four) to what a step is fed, in four steps:
 *
 *     divide   chance ──▶ one tile, or the four of a mosaic; for each of them, its picture:
 *     vary     example, chance ──▶ where each pixel comes from, in which colours, and the objects as they then lie
 *     paint    pixels of the picture ──▶ images[image]
 *     match    objects, anchors ──▶ classTargets[image], offsetTargets[image]
 */
import type { Anchors } from '../anchor/anchors.ts'
import { type Augmentation, drawAugmentation } from '../augment/augment.ts'
import { drawTiles, drawView, placeInTile, type Tile, wholeTile } from '../augment/mosaic.ts'
import type { AugmentOptions } from '../augment/options.ts'
import { packCorners, type Size } from '../box/box.ts'
import type { ModelConfig } from '../config/model.ts'
import { composeColours } from '../image/colour-matrix.ts'
import { normalisationMatrix } from '../image/normalise.ts'
import { sampleInto } from '../image/sample.ts'
import { sampleTurnedInto } from '../image/sample-turned.ts'
import { composeTransforms } from '../image/transform.ts'
import { lookThroughTurn } from '../image/turn.ts'
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
export interface ImageSlot {
  /** 0..N-1. */
  readonly image: number
  readonly place: number
  /** One picture, or the four of a mosaic. */
  readonly shown: readonly Shown[]
}

/** The arrays of a batch of N images. */
export interface ImageArrays extends TargetArrays {
  /** [N, 3, H, W]. */
  readonly images: Float32Array
}

/** Random numbers for pictures must not repeat those for orders (order.ts). */
const PICTURE_SEED = 2

/** Nor those for the tiles of a mosaic. */
const MOSAIC_SEED = 3

/** A picture as it is varied for its tile. */
interface VariedTile {
  readonly tile: Tile
  readonly shown: Shown
  readonly varied: Augmentation
}

/** How many pictures the image at a place of the row is made of: four are a mosaic. */
export function picturesAt({ augment, seed }: ImageMaking, place: number): 1 | 4 {
  return createRandom(seed, MOSAIC_SEED, place).chance(augment.mosaic.probability) ? 4 : 1
}

/** Writes one image and its targets into the batch, over whatever was there. */
export function fillImage(making: ImageMaking, arrays: ImageArrays, slot: ImageSlot): void {
  const varied = divide(making, slot).map((tile, i) => vary(making, slot, { tile, i }))
  for (const one of varied) paint(making, one, arrays, slot)
  match(making, varied, arrays, slot)
}

function divide({ config, augment, seed }: ImageMaking, { shown, place }: ImageSlot): Tile[] {
  if (shown.length === 1) return [wholeTile(config.input)]
  return drawTiles(config.input, createRandom(seed, MOSAIC_SEED, place, 1), augment.mosaic)
}

/** The place in the row, not what came before, names the random choices. */
function vary(
  { config, augment, seed }: ImageMaking,
  { shown, place }: ImageSlot,
  { tile, i }: { readonly tile: Tile; readonly i: number },
): VariedTile {
  const seeds = i === 0 ? [place] : [place, i]
  const random = createRandom(seed, PICTURE_SEED, ...seeds)
  const { example } = shown[i]!
  const view = shown.length === 1 ? undefined : drawView(example.size, tile, config.input, random)
  const varied = drawAugmentation({ ...example, view }, tile, random, augment)
  return { tile, shown: shown[i]!, varied }
}

function paint(
  { config: { input, normalisation } }: ImageMaking,
  { tile, shown: { pyramid, scale }, varied }: VariedTile,
  { images }: ImageArrays,
  { image }: ImageSlot,
): void {
  const colour = composeColours(varied.colour, normalisationMatrix(normalisation))
  const offset = image * 3 * input.width * input.height
  const fillsInput = tile.width === input.width && tile.height === input.height
  const pixels = fillsInput
    ? images.subarray(offset)
    : new Float32Array(3 * tile.width * tile.height)
  const options = { colour, fill: varied.fill }
  if (varied.turn === undefined) {
    const map = composeTransforms(varied.map, scale)
    sampleInto(pyramid, { ...options, map }, pixels, 0, tile)
  } else {
    const map = lookThroughTurn(varied.map, varied.turn, scale)
    sampleTurnedInto(pyramid, { ...options, map }, pixels, 0, tile)
  }
  if (!fillsInput) lay(pixels, tile, images.subarray(offset), input)
}

/** Copies the planes of a tile to their place in those of the input. */
function lay(pixels: Float32Array, tile: Tile, planes: Float32Array, input: Size): void {
  for (let c = 0; c < 3; c++)
    for (let row = 0; row < tile.height; row++) {
      const from = (c * tile.height + row) * tile.width
      const to = (c * input.height + tile.y + row) * input.width + tile.x
      planes.set(pixels.subarray(from, from + tile.width), to)
    }
}

function match(
  { config, anchors }: ImageMaking,
  varied: readonly VariedTile[],
  arrays: ImageArrays,
  { image }: ImageSlot,
): void {
  const objects = varied.flatMap(({ tile, varied: { objects } }) =>
    objects.map(({ box, classId }) => ({ box: placeInTile(box, tile), classId })),
  )
  const crowds = varied.flatMap(({ tile, varied }) =>
    (varied.crowds ?? []).map((box) => placeInTile(box, tile)),
  )
  const corners = packCorners(objects.map(({ box }) => box))
  const classIds = objects.map(({ classId }) => classId)
  const options = { ...config.match, boxCoder: config.boxCoder }
  const around = crowds.length === 0 ? undefined : crowds
  writeTargets({ corners, classIds, crowds: around }, anchors, { arrays, image }, options)
}
