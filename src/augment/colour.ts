/**
 * @file Changing the colours of a picture, so that a detector does not learn the lamp or the camera.
 * Brightness, contrast, saturation and hue are each a 3x4 matrix; whichever are drawn are composed into
 * one before any pixel is touched.
 *
 * Contrast comes before or after the others at random, as in the original (`ApplyDistort` in
 * caffe/src/caffe/util/im_transforms.cpp). Two differences: hue turns about the grey axis of the RGB cube
 * instead of going through HSV, which keeps it a matrix; and nothing is cut off at 0 and 255, so no
 * detail is lost in bright places.
 */
import { type ColourMatrix, composeColours, IDENTITY_COLOURS } from '../image/colour-matrix.ts'
import { LUMA } from '../image/luma.ts'
import type { Random } from '../random/random.ts'
import type { ColourOptions } from './options.ts'

/** Draws a change of colours. @returns from 0..255 RGB to RGB, not held within 0..255 */
export function drawColours(random: Random, options: ColourOptions): ColourMatrix {
  const maybe = (change: () => ColourMatrix) =>
    random.chance(options.probability) ? change() : IDENTITY_COLOURS
  const brightness = maybe(() => brighten(random.between(-options.brightness, options.brightness)))
  const contrast = maybe(() => scaleContrast(random.between(...options.contrast)))
  const saturation = maybe(() => saturate(random.between(...options.saturation)))
  const hue = maybe(() => turnHue(random.between(-options.hue, options.hue)))
  const changes = random.chance(0.5)
    ? [brightness, contrast, saturation, hue]
    : [brightness, saturation, hue, contrast]
  return changes.reduce(composeColours)
}

/** Adds to every channel. @param amount in units of 0..255 */
export function brighten(amount: number): ColourMatrix {
  return [
    [1, 0, 0, amount],
    [0, 1, 0, amount],
    [0, 0, 1, amount],
  ]
}

/** Multiplies every channel, about black as the original does. @param factor 1 is unchanged */
export function scaleContrast(factor: number): ColourMatrix {
  return [
    [factor, 0, 0, 0],
    [0, factor, 0, 0],
    [0, 0, factor, 0],
  ]
}

/** Mixes with the grey of the same brightness. @param amount 0 is grey, 1 unchanged, above 1 more colourful */
export function saturate(amount: number): ColourMatrix {
  const [r, g, b] = LUMA.map((share) => (1 - amount) * share) as [number, number, number]
  return [
    [r + amount, g, b, 0],
    [r, g + amount, b, 0],
    [r, g, b + amount, 0],
  ]
}

/**
 * Turns all colours about the grey axis (1, 1, 1): red goes towards green, green towards blue. Greys stay.
 * Rodrigues' formula: cos · I + (1 - cos) / 3 + sin / √3 · [the cross product with (1, 1, 1)].
 * @param degrees 120 turns red into green
 */
export function turnHue(degrees: number): ColourMatrix {
  const angle = (degrees * Math.PI) / 180
  const shared = (1 - Math.cos(angle)) / 3
  const same = Math.cos(angle) + shared
  const before = shared - Math.sin(angle) / Math.sqrt(3)
  const after = shared + Math.sin(angle) / Math.sqrt(3)
  return [
    [same, before, after, 0],
    [after, same, before, 0],
    [before, after, same, 0],
  ]
}
