/**
 * @file How a window slides over a picture; shared by convolution and pooling.
 *
 * A window of k taps, spread by its dilation, covers d (k - 1) + 1 pixels. It starts before the picture by
 * the padding and moves by the stride:
 *
 *     output length = floor((input + padding before + padding after - d (k - 1) - 1) / stride) + 1
 *
 * Order everywhere: height before width, as in the shape [N, C, H, W].
 */
import { shapeError } from '../operator.ts'
import type { Shape } from '../tensor.ts'

/** A number for both directions, or [height, width]. */
export type Pair = number | readonly [number, number]

/** A number for all sides, [height, width] for both ends alike, or [top, left, bottom, right]. */
export type Sides = Pair | readonly [number, number, number, number]

/** How the window moves. */
export interface WindowOptions {
  /** Pixels between two neighbouring windows, default 1. */
  readonly stride?: Pair
  /** Border around the input, default 0. */
  readonly padding?: Sides
  /** Pixels between two neighbouring taps, default 1. */
  readonly dilation?: Pair
}

/** The same, every direction written out. */
export interface Window {
  readonly kernel: readonly [number, number]
  readonly stride: readonly [number, number]
  /** top, left, bottom, right: ONNX's order. */
  readonly padding: readonly [number, number, number, number]
  readonly dilation: readonly [number, number]
}

/** Writes every direction out. @param kernel window size in taps, [height, width] */
export function windowOf(kernel: readonly [number, number], options: WindowOptions): Window {
  const padding = options.padding ?? 0
  const [top, left, bottom, right] =
    typeof padding === 'number'
      ? [padding, padding, padding, padding]
      : [padding[0], padding[1], padding[2] ?? padding[0], padding[3] ?? padding[1]]
  return {
    kernel,
    stride: pair(options.stride ?? 1),
    padding: [top, left, bottom, right],
    dilation: pair(options.dilation ?? 1),
  }
}

function pair(value: Pair): readonly [number, number] {
  return typeof value === 'number' ? [value, value] : value
}

/** Pixels that a window covers, [height, width]. */
export function windowExtent({ kernel, dilation }: Window): [number, number] {
  return [dilation[0] * (kernel[0] - 1) + 1, dilation[1] * (kernel[1] - 1) + 1]
}

/** How many windows fit, [height, width]. @throws SingleshotError E_SHAPE when none fits */
export function windowCount(
  where: string,
  [, , height, width]: Shape,
  window: Window,
  round: (value: number) => number = Math.floor,
): [number, number] {
  const [top, left, bottom, right] = window.padding
  const extent = windowExtent(window)
  const rows = round((height! + top + bottom - extent[0]) / window.stride[0]) + 1
  const columns = round((width! + left + right - extent[1]) / window.stride[1]) + 1
  if (rows < 1 || columns < 1)
    throw shapeError(
      where,
      `expected an input of at least ${extent[0]}x${extent[1]} with its padding`,
      [height, width],
    )
  return [rows, columns]
}

/** Attributes of an ONNX window operator. */
export function windowAttributes({ kernel, stride, padding, dilation }: Window) {
  return { kernel_shape: kernel, strides: stride, pads: padding, dilations: dilation }
}
