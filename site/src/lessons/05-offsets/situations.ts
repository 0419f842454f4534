/** @file Pairs of an anchor and an object worth a look. */
import { type Box, matchObjects, packCorners, type Size, scaleBox } from 'singleshot/core'
import type { PictureObject } from '../../picture/picture.svelte.ts'
import { anchorBox, presetLayout } from '../03-anchors/layout.ts'

/** An object, and the anchor that shall become it. */
export interface Pair {
  readonly anchor: Box
  readonly object: Box
}

/** For pictures in which nobody has marked an object. */
function middlePair({ width, height }: Size): Pair {
  const part = (x1: number, y1: number, x2: number, y2: number): Box => {
    return { x1: x1 * width, y1: y1 * height, x2: x2 * width, y2: y2 * height }
  }
  return { anchor: part(0.3, 0.3, 0.6, 0.6), object: part(0.35, 0.28, 0.7, 0.68) }
}

/** Each object of a picture with the anchor that `tiny` matches it with. */
export function pairsOf(picture: Size, objects: readonly PictureObject[]): Pair[] {
  if (objects.length === 0) return [middlePair(picture)]
  const layout = presetLayout('tiny')
  const truth = packCorners(objects.map(({ box }) => scaleBox(box, picture, layout.input)))
  const { forced } = matchObjects(truth, layout.anchors.corners)
  return objects.map(({ box: object }, m) => {
    return { object, anchor: anchorBox(layout, forced[m]!, picture) }
  })
}

/** A box with the same middle, so many times as wide and as high. */
export function resized({ x1, y1, x2, y2 }: Box, wide: number, high: number): Box {
  const halfWidth = ((x2 - x1) * wide) / 2
  const halfHeight = ((y2 - y1) * high) / 2
  const cx = (x1 + x2) / 2
  const cy = (y1 + y2) / 2
  return { x1: cx - halfWidth, y1: cy - halfHeight, x2: cx + halfWidth, y2: cy + halfHeight }
}

/** Both boxes shrunk or grown about the anchor's middle: seen from the anchor, nothing changes. */
export function bothResized({ anchor, object }: Pair, times: number): Pair {
  const cx = (anchor.x1 + anchor.x2) / 2
  const cy = (anchor.y1 + anchor.y2) / 2
  const about = ({ x1, y1, x2, y2 }: Box): Box => ({
    x1: cx + (x1 - cx) * times,
    y1: cy + (y1 - cy) * times,
    x2: cx + (x2 - cx) * times,
    y2: cy + (y2 - cy) * times,
  })
  return { anchor: about(anchor), object: about(object) }
}
