/** @file One annotation and its picture, checked and turned into an example. */
import type { Example } from '../../dataset/dataset.ts'
import type { VocAnnotation } from '../../dataset/voc-xml.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { readImageSize } from '../picture/read-image.ts'
import { type CheckedObjects, checkObjects } from './check-objects.ts'
import type { ImageFinder } from './find-image.ts'
import { requireSize } from './read-example.ts'
import type { VocEntry } from './voc-layout.ts'

/** What is needed to check one annotation. */
export interface VocExampleParts {
  readonly entry: VocEntry
  readonly annotation: VocAnnotation
  /** In class-id order. */
  readonly classes: readonly string[]
  readonly findImage: ImageFinder['find']
}

/** An annotation, checked. */
export interface CheckedExample extends Pick<CheckedObjects, 'faults' | 'idle'> {
  /** Without the objects left out. */
  readonly example: Example
}

/**
 * Checks one annotation: its picture exists, is of a known kind and of the size stated, its classes are known, its
 * boxes are inside. A box without area, or listed twice, is left out alone; one that sticks out by at most a pixel is
 * clipped.
 * @throws SingleshotError E_IMAGE_MISSING, E_IMAGE_UNREADABLE or E_IMAGE_SIZE, naming the file
 */
export async function checkVocExample(parts: VocExampleParts): Promise<CheckedExample> {
  const { id, xmlPath, imageFolder } = parts.entry
  const { filename, objects, size: stated, faults } = parts.annotation
  const imagePath = await parts.findImage(imageFolder, xmlPath, filename)
  if (imagePath === undefined) {
    const rule = `expected a picture named ${filename ?? `${id}.jpg`} in ${imageFolder}`
    throw new SingleshotError('E_IMAGE_MISSING', { where: 'readVoc', rule, file: xmlPath })
  }
  const size = await readImageSize(imagePath)
  if (stated !== undefined) requireSize(size, stated, imagePath)
  const { classes } = parts
  const found = checkObjects(objects, { where: 'readVoc', file: xmlPath, classes, size })
  const example = { id, imagePath, size, objects: found.objects }
  return { example, faults: [...faults, ...found.faults], idle: found.idle }
}
