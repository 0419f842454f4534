/** @file Situations worth a look, made for whatever anchors are there. */
import { type Box, boxAt, iouMatrix, packCorners, type Size, scaleBox } from 'singleshot/core'
import type { DrawnObject } from '../../state/control.ts'
import type { Layout } from '../03-anchors/layout.ts'

/** A box inside another: its middle moved by a share of the sides, its sides so many times as long. */
function inside({ x1, y1, x2, y2 }: Box, move: number, times: number): Box {
  const width = x2 - x1
  const height = y2 - y1
  const cx = (x1 + x2) / 2 + move * width
  const cy = (y1 + y2) / 2 + move * height
  return {
    x1: cx - (width * times) / 2,
    y1: cy - (height * times) / 2,
    x2: cx + (width * times) / 2,
    y2: cy + (height * times) / 2,
  }
}

/** How large the anchor may be, as shares of the picture: two objects on it must be seen, and fit in. */
const LEAST_SHARE = 0.03
const LARGEST_SHARE = 0.2

/** How the two objects lie on the anchor: moved by a share of it, so many times as long. The first that works is taken. */
const PAIRS = [
  [
    [-0.1, 0.94],
    [0.17, 0.9],
  ],
  [
    [-0.04, 0.9],
    [0.07, 0.82],
  ],
  [
    [0, 0.94],
    [0.03, 0.9],
  ],
] as const

/** Two objects that have the same best anchor, the second fitting it a little worse. */
export function twoForOne(layout: Layout, picture: Size): DrawnObject[] {
  const anchors = fromTheMiddle(layout)
  for (const pair of PAIRS)
    for (const anchor of anchors) {
      const box = boxAt(layout.anchors.corners, anchor)
      const two = pair.map(([move, times]) => inside(box, move, times))
      if (sameBest(layout, two))
        return two.map((each, classId) => ({
          box: scaleBox(each, layout.input, picture),
          classId,
        }))
    }
  return []
}

/** Anchors that lie in the picture and have a good size, the nearest to its middle first. */
function fromTheMiddle({ anchors, input }: Layout): number[] {
  const { centreSizes, corners } = anchors
  const far = (a: number) =>
    Math.hypot(centreSizes[a * 4]! - input.width / 2, centreSizes[a * 4 + 1]! - input.height / 2)
  return Array.from({ length: anchors.count }, (_, a) => a)
    .filter((a) => {
      const { x1, y1, x2, y2 } = boxAt(corners, a)
      const share = ((x2 - x1) * (y2 - y1)) / (input.width * input.height)
      if (share < LEAST_SHARE || share > LARGEST_SHARE) return false
      return x1 >= 0 && y1 >= 0 && x2 <= input.width && y2 <= input.height
    })
    .toSorted((a, b) => far(a) - far(b))
    .slice(0, 60)
}

function sameBest({ anchors }: Layout, boxes: readonly Box[]): boolean {
  const ious = iouMatrix(packCorners(boxes), anchors.corners)
  const bestOf = (m: number) => {
    const row = ious.subarray(m * anchors.count, (m + 1) * anchors.count)
    return row.indexOf(row.reduce((a, b) => Math.max(a, b)))
  }
  return bestOf(0) === bestOf(1)
}

/** So many objects side by side, in rows of six. */
export function crowdOf(count: number, { width, height }: Size): DrawnObject[] {
  const columns = 6
  const rows = Math.ceil(count / columns)
  return Array.from({ length: count }, (_, i) => {
    const x = ((i % columns) + 0.5) / columns
    const y = (Math.floor(i / columns) + 0.5) / rows
    const halfX = 0.35 / columns
    const halfY = 0.35 / rows
    return {
      box: {
        x1: (x - halfX) * width,
        y1: (y - halfY) * height,
        x2: (x + halfX) * width,
        y2: (y + halfY) * height,
      },
      classId: i % 4,
    }
  })
}
