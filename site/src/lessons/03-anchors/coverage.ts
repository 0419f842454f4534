/** @file How well anchors fit the objects of the current picture: the library's measure, for one picture. */
import { type Coverage, measureCoverage, type Size } from 'singleshot/core'
import type { PictureObject } from '../../picture/picture.svelte.ts'
import type { Layout } from './layout.ts'

/** The level at which an anchor answers for an object by itself (lesson 4). */
export const LEVEL = 0.5

/** The best IoU that any anchor has with each object. */
export function coverageOf(
  layout: Layout,
  picture: Size,
  objects: readonly PictureObject[],
): Coverage {
  const example = {
    id: 'picture',
    imagePath: 'picture',
    size: { width: picture.width, height: picture.height },
    objects,
  }
  return measureCoverage([example], layout.anchors, { input: layout.input, levels: [LEVEL] })
}
