/**
 * @file A picture as a network's input, when detecting: stretched to the input's size (the aspect ratio is
 * not kept, as in the paper) and normalised. It is drawn by the same `sampleInto` that draws the pictures to
 * train on, so a network meets no other pixels in use than it was trained with.
 */
import type { Size } from '../box/box.ts'
import { checkImage, type Image, type PixelImage } from './image.ts'
import { checkRoom, type Normalisation, normalisationMatrix } from './normalise.ts'
import { buildPyramid, levelForStep } from './pyramid.ts'
import { sampleInto } from './sample.ts'

/**
 * Draws a picture into a network's input.
 * @param inputSize pixels
 * @param output receives planes of red, green, blue: [3, H, W], from `offset` on
 * @param offset counted in numbers, not bytes; image n of a batch starts at n · 3 · H · W
 * @throws E_SHAPE if the output is too short; E_ARGUMENT for anything but whole RGB or RGBA pixels
 */
export function imageToInput(
  picture: PixelImage,
  inputSize: Size,
  normalisation: Normalisation,
  output: Float32Array,
  offset = 0,
): void {
  const image = checkImage('imageToInput', picture)
  const scaleX = image.width / inputSize.width
  const scaleY = image.height / inputSize.height
  const level = levelForStep(Math.sqrt(scaleX * scaleY))
  const pyramid = buildPyramid(image, level + 1)
  // Halved to exactly the input's size: each output pixel is one pixel, there is nothing to mix.
  if (scaleX === 2 ** level && scaleY === 2 ** level) {
    normaliseInto(pyramid.levels[level]!, normalisation, output, offset)
    return
  }
  const map = { scaleX, scaleY, shiftX: 0, shiftY: 0 }
  const colour = normalisationMatrix(normalisation)
  sampleInto(pyramid, { map, colour, fill: normalisation.mean }, output, offset, inputSize)
}

/** A picture of the input's size. */
function normaliseInto(
  { width, height, data }: Image,
  normalisation: Normalisation,
  output: Float32Array,
  offset: number,
): void {
  const plane = width * height
  checkRoom('imageToInput', output, offset, plane)
  const [reds, greens, blues] = normalisedBytes(normalisation)
  for (let i = offset, from = 0; i < offset + plane; i++, from += 3) {
    output[i] = reds[data[from]!]!
    output[i + plane] = greens[data[from + 1]!]!
    output[i + 2 * plane] = blues[data[from + 2]!]!
  }
}

/** What each of the 256 bytes becomes, a table a colour: there are far fewer bytes than pixels. */
function normalisedBytes({ mean, std }: Normalisation): [Float32Array, Float32Array, Float32Array] {
  const table = (c: 0 | 1 | 2) =>
    Float32Array.from({ length: 256 }, (_, byte) => (byte - mean[c]) / std[c])
  return [table(0), table(1), table(2)]
}
