/**
 * @file The one place for geometry: how a point of one picture is found in another.
 *
 * Resizing, cropping, zooming out and flipping all stretch and shift the two axes independently, so one
 * rule with four numbers describes each of them, and any chain of them:
 *
 *     x' = scaleX · x + shiftX        y' = scaleY · y + shiftY
 *
 * A flip is a negative scale. Pixels are sampled and boxes are moved by the same transform, so they
 * cannot drift apart. Coordinates are continuous (pixel column 0 covers x from 0 to 1), hence resizing has
 * no half-pixel terms here; `sample.ts` adds the 0.5 of a pixel's centre when it reads pixels.
 */
import type { Box, Size } from '../box/box.ts'

/** An axis-aligned affine map from the pixels of one picture to the pixels of another. Scales are not 0. */
export interface Transform {
  readonly scaleX: number
  readonly scaleY: number
  /** Pixels of the picture that is mapped to. */
  readonly shiftX: number
  /** Pixels of the picture that is mapped to. */
  readonly shiftY: number
}

/** Leaves every point where it is. */
export const IDENTITY: Transform = { scaleX: 1, scaleY: 1, shiftX: 0, shiftY: 0 }

/**
 * Where a box lands. A flip swaps its edges, so the result is put in order again.
 * @param box corners in pixels of the picture that is mapped from
 * @returns corners in pixels of the picture that is mapped to, x1 <= x2 and y1 <= y2; not clipped
 */
export function transformBox(box: Box, { scaleX, scaleY, shiftX, shiftY }: Transform): Box {
  const left = scaleX * box.x1 + shiftX
  const right = scaleX * box.x2 + shiftX
  const top = scaleY * box.y1 + shiftY
  const bottom = scaleY * box.y2 + shiftY
  return {
    x1: Math.min(left, right),
    y1: Math.min(top, bottom),
    x2: Math.max(left, right),
    y2: Math.max(top, bottom),
  }
}

/** The way back: x = (x' - shiftX) / scaleX, and the same for y. */
export function invertTransform({ scaleX, scaleY, shiftX, shiftY }: Transform): Transform {
  return {
    scaleX: 1 / scaleX,
    scaleY: 1 / scaleY,
    shiftX: -shiftX / scaleX,
    shiftY: -shiftY / scaleY,
  }
}

/** One transform that does `first`, and then `second` to its result. */
export function composeTransforms(first: Transform, second: Transform): Transform {
  return {
    scaleX: second.scaleX * first.scaleX,
    scaleY: second.scaleY * first.scaleY,
    shiftX: second.scaleX * first.shiftX + second.shiftX,
    shiftY: second.scaleY * first.shiftY + second.shiftY,
  }
}

/** Stretches a picture of size `from` to size `to`, both in pixels; the aspect ratio is not kept. */
export function resizeTransform(from: Size, to: Size): Transform {
  return windowTransform({ x1: 0, y1: 0, x2: from.width, y2: from.height }, to)
}

/**
 * Stretches a window of a picture over a whole new picture: a crop if it lies inside, a zoom out if it
 * reaches beyond the edges.
 * @param window corners in pixels of the old picture, with positive width and height
 * @param to size of the new picture in pixels
 */
export function windowTransform(window: Box, to: Size): Transform {
  const scaleX = to.width / (window.x2 - window.x1)
  const scaleY = to.height / (window.y2 - window.y1)
  return { scaleX, scaleY, shiftX: -scaleX * window.x1, shiftY: -scaleY * window.y1 }
}

/** Mirrors a picture of this size, left for right and/or top for bottom. */
export function flipTransform(
  size: Size,
  flip: { readonly horizontal: boolean; readonly vertical: boolean },
): Transform {
  return {
    scaleX: flip.horizontal ? -1 : 1,
    scaleY: flip.vertical ? -1 : 1,
    shiftX: flip.horizontal ? size.width : 0,
    shiftY: flip.vertical ? size.height : 0,
  }
}
