/** @file One annotation and its picture, checked and turned into an example. */
import type { Size } from '../../box/box.ts'
import { clipBox } from '../../box/clip.ts'
import { checkBox } from '../../box/validate.ts'
import type { Example, GroundTruth } from '../../dataset/dataset.ts'
import type { VocAnnotation, VocObject } from '../../dataset/voc-xml.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { readImageSize } from '../picture/read-image.ts'
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
export interface CheckedExample {
  /** Without the objects left out. */
  readonly example: Example
  /** Faults for which the whole picture must be left out: what they concern would be taught, or judged, as background. */
  readonly faults: readonly SingleshotError[]
  /** Objects that can be left out alone, because there is nothing to see or it is seen already. */
  readonly idle: readonly SingleshotError[]
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
  const found: Findings = { faults: [...faults], idle: [], objects: [], seen: new Map() }
  for (const object of objects) checkObject(object, size, parts, found)
  return { example: { id, imagePath, size, objects: found.objects }, ...found }
}

/**
 * The classes of some annotations that are not in the class list: two lists disagree, which leaving pictures out would
 * only hide.
 * @returns one E_CLASS_UNKNOWN for all, not thrown; null where there are none
 */
export function unknownClasses(
  checks: readonly (CheckedExample | SingleshotError)[],
  classes: readonly string[],
): SingleshotError | null {
  const faults = checks
    .flatMap((check) => (check instanceof SingleshotError ? [] : check.faults))
    .filter(({ code }) => code === 'E_CLASS_UNKNOWN')
  if (faults.length < 2) return faults[0] ?? null
  const counts = new Map<unknown, number>()
  for (const { parts } of faults) counts.set(parts.got, (counts.get(parts.got) ?? 0) + 1)
  const names = [...counts].map(([name, count]) => `${name} (${count})`)
  const { parts } = faults[0]!
  return new SingleshotError('E_CLASS_UNKNOWN', {
    ...parts,
    rule: `expected only the classes ${classes.join(', ')}`,
    got: names.join(', '),
  })
}

interface Findings {
  readonly faults: SingleshotError[]
  readonly idle: SingleshotError[]
  readonly objects: GroundTruth[]
  /** The numbers of objects by class and box. */
  readonly seen: Map<string, number>
}

function checkObject(
  { number, className, box, difficult }: VocObject,
  size: Size,
  { entry, classes }: VocExampleParts,
  { faults, idle, objects, seen }: Findings,
): void {
  const origin = { where: 'readVoc', file: entry.xmlPath, object: `object ${number} ${className}` }
  const classId = classes.indexOf(className)
  if (classId < 0) {
    const rule = `expected one of the classes ${classes.join(', ')}`
    faults.push(new SingleshotError('E_CLASS_UNKNOWN', { ...origin, rule, got: className }))
    return
  }
  const fault = checkBox(box, size, origin)
  if (fault !== null) {
    ;(fault.code === 'E_BOX_EMPTY' ? idle : faults).push(fault)
    return
  }
  const key = JSON.stringify([classId, box])
  const first = seen.get(key)
  if (first === undefined) {
    seen.set(key, number)
    objects.push({ box: clipBox(box, size), classId, difficult })
    return
  }
  const rule = 'expected each object once'
  const got = `the box of object ${first} again`
  idle.push(new SingleshotError('E_BOX_TWICE', { ...origin, rule, got }))
}
