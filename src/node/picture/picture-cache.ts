/**
 * @file Training pictures kept in memory. Every epoch needs every picture again, and decoding a photograph
 * takes many times longer than sampling it, so decoded pictures stay, as pyramids, until a budget of bytes
 * is used up; the rest are decoded again each time.
 *
 * A picture much larger than the network's input is shrunk once, when it is read.
 */

import type { Size } from '../../box/box.ts'
import type { Example } from '../../dataset/dataset.ts'
import type { Image } from '../../image/image.ts'
import { buildPyramid, pyramidBytes } from '../../image/pyramid.ts'
import { resizeImage } from '../../image/resize.ts'
import { resizeTransform } from '../../image/transform.ts'
import type { SampledPicture } from '../../train/pictures.ts'
import { readExampleImage } from '../data/read-example.ts'

/** How pictures are kept. */
export interface PictureCacheOptions {
  /** Of the network's input, pixels. */
  readonly inputSize: Size
  /** No side is kept longer than this many times the input's. Default 2: a crop of half the side stays sharp. */
  readonly sideLimit?: number
  /** Bytes of pixels that are kept at most. Default 600 MB: 500 pictures of 640x480 with their halvings. */
  readonly budget?: number
  /** Reads the picture of an example; default: from its path, checking its size. */
  readonly read?: (example: Example) => Promise<Image>
}

/** Decoded pictures by example. */
export interface PictureCache {
  /** @throws as `readExampleImage` */
  get(example: Example): Promise<SampledPicture>
  /** Whether an example's picture would be kept, by the size that its annotation states. */
  hasRoomFor(example: Example): boolean
  /** Bytes of pixels that are kept now. */
  bytes(): number
}

/**
 * Down to an eighth: a picture at its limit of twice the input, zoomed out 4 times by SSD's expansion, is
 * drawn at an eighth of its size.
 */
const LEVELS = 4

/** Makes an empty cache. */
export function createPictureCache({
  inputSize,
  sideLimit = 2,
  budget = 600e6,
  read = readExampleImage,
}: PictureCacheOptions): PictureCache {
  const limit = { width: sideLimit * inputSize.width, height: sideLimit * inputSize.height }
  const kept = new Map<string, Promise<SampledPicture>>()
  let used = 0
  // Of pictures that are being read: others must not count on the same room.
  let expected = 0
  const bytesFor = ({ size }: Example) => bytesOfPicture(keptSize(size, limit))
  const load = async (example: Example): Promise<SampledPicture> => {
    expected += bytesFor(example)
    try {
      const picture = preparePicture(await read(example), limit)
      const bytes = pyramidBytes(picture.pyramid)
      if (used + bytes > budget) kept.delete(example.id)
      else used += bytes
      return picture
    } catch (error) {
      kept.delete(example.id) // The next call tries again.
      throw error
    } finally {
      expected -= bytesFor(example)
    }
  }
  return {
    bytes: () => used,
    hasRoomFor: (example) => used + expected + bytesFor(example) <= budget,
    get(example) {
      const known = kept.get(example.id)
      if (known !== undefined) return known
      // The promise is kept, not the picture, so that two calls at once read the file once.
      const loading = load(example)
      kept.set(example.id, loading)
      return loading
    },
  }
}

/** Shrinks a picture to the limit, each side on its own, and builds its halvings. */
function preparePicture(image: Image, limit: Size): SampledPicture {
  const size = keptSize(image, limit)
  const pyramid = buildPyramid(resizeImage(image, size), LEVELS)
  return { pyramid, scale: resizeTransform(image, size) }
}

function keptSize({ width, height }: Size, limit: Size): Size {
  return {
    width: Math.min(width, Math.round(limit.width)),
    height: Math.min(height, Math.round(limit.height)),
  }
}

/** About: each of the halvings has a quarter of the pixels of the one before, and all together less than a third. */
function bytesOfPicture({ width, height }: Size): number {
  return Math.ceil(3 * width * height * (4 / 3))
}
