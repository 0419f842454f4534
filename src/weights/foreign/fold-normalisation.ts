/**
 * @file A first layer that learned on pictures normalised in one way, made to answer the same on pictures
 * normalised in another way. Both ways are straight lines of the byte p of channel c, with mean m and spread s:
 *
 *     learned on  u = (p - m) / s      is fed  v = (p - M) / S      so  u = v·S/s + (M - m)/s
 *
 * A window's sum over w·u therefore is the sum over (w·S/s)·v plus a number, which goes into the bias. Only
 * at the border does a difference remain: padding is the mean colour, M instead of m.
 */

import type { Floats } from '../../graph/tensor.ts'
import type { Normalisation } from '../../image/normalise.ts'

/** A convolution over the three colours. */
export interface FirstLayer {
  /** [C, 3, kernel, kernel] */
  readonly weight: Floats
  /** [C] */
  readonly bias: Floats
}

/** The layer for other pictures. @param learned how pictures were when it learned @param fed how they will be */
export function foldNormalisation(
  { weight, bias }: FirstLayer,
  { learned, fed }: { readonly learned: Normalisation; readonly fed: Normalisation },
): FirstLayer {
  const taps = weight.length / (bias.length * COLOURS)
  const folded = { weight: weight.slice(), bias: bias.slice() }
  weight.forEach((value, i) => {
    const colour = Math.floor(i / taps) % COLOURS
    const channel = Math.floor(i / (taps * COLOURS))
    const spread = learned.std[colour]!
    folded.weight[i] = (value * fed.std[colour]!) / spread
    folded.bias[channel]! += (value * (fed.mean[colour]! - learned.mean[colour]!)) / spread
  })
  return folded
}

const COLOURS = 3
