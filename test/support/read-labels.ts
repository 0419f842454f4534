/** @file Files of labels in memory, read as what they are recognised as. */
import { expect } from 'vitest'
import { recogniseFormats } from '../../src/label/formats.ts'
import type { LabelledPicture } from '../../src/label/labels.ts'
import { memoryTree } from './memory-tree.ts'

/** All pictures of a tree by what they are called, read as what it is recognised as. */
export async function readAll(files: Record<string, string>) {
  const tree = memoryTree(files)
  const [found, ...others] = await recogniseFormats(tree)
  expect(others).toEqual([])
  const index = await found!.format.read(tree)
  const read = await Promise.all(index.entries.map(({ load }) => load()))
  const pictures = new Map<string, LabelledPicture>(read.map((one) => [one.picture, one]))
  return { format: found!.format.name, index, pictures }
}

/** The objects of a picture as class, left, top, right, bottom. */
export const boxes = (picture: LabelledPicture | undefined) =>
  picture!.objects.map(({ className, box }) => [className, box.x1, box.y1, box.x2, box.y2])
