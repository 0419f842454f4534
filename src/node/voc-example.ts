/** @file One annotation and its picture, checked and turned into an example. */
import type { Size } from '../box/box.ts'
import { clipBox } from '../box/clip.ts'
import { checkBox } from '../box/validate.ts'
import type { Example, GroundTruth } from '../dataset/dataset.ts'
import type { VocAnnotation, VocObject } from '../dataset/voc-xml.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { FindImage } from './find-image.ts'
import { readImageSize } from './read-image.ts'
import type { VocEntry } from './voc-layout.ts'

/** What is needed to check one annotation. */
export interface VocExampleParts {
  readonly entry: VocEntry
  readonly annotation: VocAnnotation
  /** In class-id order. */
  readonly classes: readonly string[]
  readonly findImage: FindImage
  /** Called for each object that is left out. */
  readonly report: (problem: SingleshotError) => void
}

/**
 * Checks one annotation: its picture exists, its classes are known, its boxes are inside. A box without
 * area is reported and left out; one that sticks out by at most a pixel is clipped.
 * @throws E_IMAGE_MISSING, E_CLASS_UNKNOWN, E_BOX_FORMAT, E_BOX_ORDER, E_BOX_OUTSIDE, naming file and object
 */
export async function checkVocExample(parts: VocExampleParts): Promise<Example> {
  const { id, xmlPath, imageFolder } = parts.entry
  const { filename, objects, size: stated } = parts.annotation
  const imagePath = await parts.findImage(imageFolder, xmlPath, filename)
  if (imagePath === undefined) {
    const rule = `expected a picture named ${filename ?? `${id}.jpg`} in ${imageFolder}`
    throw new SingleshotError('E_IMAGE_MISSING', { where: 'readVoc', rule, file: xmlPath })
  }
  const size = stated ?? (await readImageSize(imagePath))
  const checked = objects.map((object, i) => checkObject(object, i, size, parts))
  return { id, imagePath, size, objects: checked.filter((object) => object !== null) }
}

function checkObject(
  { className, box, difficult }: VocObject,
  i: number,
  size: Size,
  { entry, classes, report }: VocExampleParts,
): GroundTruth | null {
  const origin = { where: 'readVoc', file: entry.xmlPath, object: `object ${i + 1} ${className}` }
  const classId = classes.indexOf(className)
  if (classId < 0) {
    const rule = `expected one of the classes ${classes.join(', ')}`
    throw new SingleshotError('E_CLASS_UNKNOWN', { ...origin, rule, got: className })
  }
  const fault = checkBox(box, size, origin)
  if (fault === null) return { box: clipBox(box, size), classId, difficult }
  if (fault.code !== 'E_BOX_EMPTY') throw fault
  report(fault)
  return null
}
