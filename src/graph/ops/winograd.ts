/**
 * @file The gradients of a 3x3 convolution with a quarter of the multiplications.
 *
 * Four neighbouring results of a window of three take twelve products the plain way. Six are enough: blend the six
 * pixels that they see in six ways, blend the three weights in six ways, multiply pair by pair, and blend the six products
 * back into four results. In a square, that is 36 products for a tile of 4x4 results, in place of 144:
 *
 *     y = Aᵀ [ (G w Gᵀ) ⊙ (Bᵀ x B) ] A        x: 6x6 pixels    w: 3x3 weights    y: 4x4 results
 *
 * Blending costs additions, once a channel. The products are made for every pair of channels: for each of the 36 blends
 * they are one matrix product over all tiles of all images. So it pays where the channels are many.
 *
 * Every step is linear, so a gradient walks the same way back: dy is blended as results are, and from there
 *
 *     dx = B [ (G w Gᵀ) ⊙ (A dy Aᵀ) ] Bᵀ        dw = Gᵀ [ (A dy Aᵀ) ⊙ (Bᵀ x B) ] G
 *
 * The forward pass stays plain although it would gain as much: blending costs one digit of seven, and a digit decides
 * there whether a value near zero passes its relu. Backwards nothing is decided any more (docs/log.md).
 *
 * Source: Winograd 1980; Lavin and Gray 2016, section 4: F(4x4, 3x3).
 *
 * Shapes: N images, I and O channels in and out, P tiles a map; 36 blends.
 */
import { type Lowering, ORT_DOMAIN } from '../lowering.ts'
import type { Shape } from '../tensor.ts'
import type { Conv2dAttributes } from './conv2d.ts'
import {
  BLENDS,
  type Blending,
  blendPixels,
  blendResults,
  tilesOf,
  unblendPixels,
  WINDOW,
  weightBlends,
} from './winograd-blends.ts'

/** With fewer channels on either side, blending costs about what it saves (docs/log.md). */
const FEWEST_CHANNELS = 64

/** Shapes of a convolution's input [N, I, H, W], weights [O, I / groups, kh, kw] and results [N, O, Ho, Wo]. */
export interface ConvolutionShapes {
  readonly x: Shape
  readonly w: Shape
  readonly y: Shape
}

/** Whether the gradients of a convolution are made this way. @param shape of the weights, [O, I / groups, kh, kw] */
export function paysWinograd(
  { target }: Lowering,
  [outputs, inputs, ...kernel]: Shape,
  { window, groups }: Conv2dAttributes,
): boolean {
  return (
    target === 'cpu' &&
    groups === 1 &&
    kernel.every((side) => side === WINDOW) &&
    [...window.stride, ...window.dilation].every((step) => step === 1) &&
    Math.min(outputs!, inputs!) >= FEWEST_CHANNELS
  )
}

/**
 * dx of y = conv2d(x, w).
 * @param names of dy [N, O, Ho, Wo] and w [O, I, 3, 3] @param attributes must pass {@link paysWinograd}
 * @returns the name of [N, I, H, W]
 */
export function lowerWinogradInputGradient(
  lowering: Lowering,
  names: { readonly dy: string; readonly w: string },
  shapes: ConvolutionShapes,
  attributes: Conv2dAttributes,
): string {
  const gradients = gradientsOf(lowering, names.dy, shapes)
  const weights = blendedWeights(lowering, names.w, shapes.w)
  const products = lowering.emit('FusedMatMul', [weights, gradients], { transA: 1 }, ORT_DOMAIN)
  return unblendPixels(lowering, products, pixelsOf(shapes, attributes))
}

/**
 * dw of y = conv2d(x, w).
 * @param names of x [N, I, H, W] and dy [N, O, Ho, Wo] @param attributes must pass {@link paysWinograd}
 * @returns the name of [O, I, 3, 3]
 */
export function lowerWinogradWeightGradient(
  lowering: Lowering,
  names: { readonly x: string; readonly dy: string },
  shapes: ConvolutionShapes,
  attributes: Conv2dAttributes,
): string {
  const seen = blendPixels(lowering, names.x, pixelsOf(shapes, attributes)) // [36, I, N P]
  const gradients = gradientsOf(lowering, names.dy, shapes)
  const products = lowering.emit('FusedMatMul', [gradients, seen], { transB: 1 }, ORT_DOMAIN) // [36, O, I]
  const flat = lowering.reshape(products, [BLENDS, shapes.w[0]! * shapes.w[1]!])
  const inputs = [flat, weightBlends(lowering)]
  const dw = lowering.emit('FusedMatMul', inputs, { transA: 1 }, ORT_DOMAIN)
  return lowering.reshape(dw, shapes.w)
}

/** The weights, blended: [36, O, I]. */
function blendedWeights(lowering: Lowering, w: string, [o, i]: Shape): string {
  const windows = lowering.reshape(w, [o! * i!, WINDOW * WINDOW])
  const inputs = [weightBlends(lowering), windows]
  const blended = lowering.emit('FusedMatMul', inputs, { transB: 1 }, ORT_DOMAIN)
  return lowering.reshape(blended, [BLENDS, o!, i!])
}

/** The gradients of each tile's results, blended: [36, O, N P]. Those of x and w both need them. */
function gradientsOf(lowering: Lowering, dy: string, shapes: ConvolutionShapes): string {
  return lowering.once(`winograd gradient ${dy}`, () =>
    blendResults(lowering, dy, resultsOf(shapes)),
  )
}

function pixelsOf({ x, y }: ConvolutionShapes, { window }: Conv2dAttributes): Blending {
  const [top, left] = window.padding
  return { shape: x, tiles: tilesOf(y), before: [top, left] }
}

function resultsOf({ y }: ConvolutionShapes): Blending {
  return { shape: y, tiles: tilesOf(y), before: [0, 0] }
}
