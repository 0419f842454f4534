/**
 * @file A convolution's weight gradient as a convolution: x with dy as the window, at the first kh x kw places. The
 * roles of stride and dilation swap: neighbouring pixels of dy look at pixels of x a stride apart.
 */
import type { Lowering } from '../lowering.ts'
import type { Shape } from '../tensor.ts'
import type { Conv2dAttributes } from './conv2d.ts'

/** The convolution's attributes, and the shape of the result. */
export interface WeightGradientAttributes extends Conv2dAttributes {
  readonly weightShape: Shape
}

/** The attributes of that convolution. @param rows, columns of dy @param group as many as pictures' planes, or 1 */
export function placesAttributes(
  [rows, columns]: readonly [number, number],
  { window }: WeightGradientAttributes,
  group: number,
) {
  return {
    kernel_shape: [rows, columns],
    strides: window.dilation,
    dilations: window.stride,
    pads: window.padding,
    group,
  }
}

/**
 * The first kh x kw places: where no window reached the far edge of the picture, there is a row or column too many.
 * @param places [.., .., rows, columns]
 */
export function keepPlaces(
  lowering: Lowering,
  places: string,
  { window }: WeightGradientAttributes,
): string {
  const from = lowering.integers([0, 0])
  const to = lowering.integers([...window.kernel])
  const rowsAndColumns = lowering.integers([2, 3])
  return lowering.emit('Slice', [places, from, to, rowsAndColumns])
}
