/**
 * @file From bytes to what a network was trained on: every channel shifted and scaled to about -1..1.
 *
 *     value = (byte - mean) / std        for red, green and blue, in units of 0..255
 *
 * Means and deviations belong to the weights, not to the program: feeding other ones is the best known
 * silent error at deployment. They are stored in the model file and always passed by name.
 */
import { SingleshotError } from '../error/singleshot-error.ts'
import type { ColourMatrix } from './colour-matrix.ts'
import type { Rgb } from './image.ts'

/** What the network expects its pixels to be, in units of 0..255. */
export interface Normalisation {
  /** Subtracted from red, green and blue. */
  readonly mean: Rgb
  /** Divided by; not 0. */
  readonly std: Rgb
}

/** The normalisation as a colour matrix, to be composed with colour changes and applied in one pass. */
export function normalisationMatrix({ mean, std }: Normalisation): ColourMatrix {
  return [
    [1 / std[0], 0, 0, -mean[0] / std[0]],
    [0, 1 / std[1], 0, -mean[1] / std[1]],
    [0, 0, 1 / std[2], -mean[2] / std[2]],
  ]
}

/** @throws E_SHAPE if three planes of `plane` numbers do not fit from `offset` on */
export function checkRoom(
  where: string,
  output: Float32Array,
  offset: number,
  plane: number,
): void {
  if (Number.isInteger(offset) && offset >= 0 && offset + 3 * plane <= output.length) return
  throw new SingleshotError('E_SHAPE', {
    where,
    rule: `expected room for ${3 * plane} numbers from offset ${offset} on`,
    got: output.length,
  })
}
