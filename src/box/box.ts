/**
 * @file What a box is. Two layouts, one unit a name.
 *
 * - **corners** `(x1, y1, x2, y2)`: left, top, right, bottom, with x1 <= x2 and y1 <= y2.
 * - **centre-size** `(cx, cy, w, h)`: the middle of the box and its width and height.
 *
 * Coordinates are continuous: pixel column 0 covers x from 0 to 1, so a box over a whole picture is
 * (0, 0, width, height) and its width is x2 - x1, with no "+ 1". The unit is pixels, of the picture that
 * the name or the comment says: the original photograph, or the network's input.
 *
 * Shapes: M boxes are one flat Float32Array [M, 4], row after row.
 */

/** One box in corners, pixels of a stated picture, x1 <= x2 and y1 <= y2. */
export interface Box {
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

/** Width and height in pixels. Always by name: a bare pair has two orders. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Flat corners [M, 4] of several boxes: x1, y1, x2, y2, x1, ... in pixels of a stated picture. */
export type Corners = Float32Array

/** Flat centre-size [M, 4] of several boxes: cx, cy, w, h, cx, ... in pixels of a stated picture. */
export type CentreSizes = Float32Array

/** Packs boxes into flat corners. @returns [M, 4] */
export function packCorners(boxes: readonly Box[]): Corners {
  const corners = new Float32Array(boxes.length * 4)
  boxes.forEach((box, i) => {
    corners.set([box.x1, box.y1, box.x2, box.y2], i * 4)
  })
  return corners
}

/** Row i of flat corners [M, 4] as a box. */
export function boxAt(corners: Corners, i: number): Box {
  const at = i * 4
  return { x1: corners[at]!, y1: corners[at + 1]!, x2: corners[at + 2]!, y2: corners[at + 3]! }
}
