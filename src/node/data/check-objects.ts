/** @file The objects of a picture, checked: known classes, boxes with an area inside the picture, each of them once. */
import type { Size } from '../../box/box.ts'
import { clipBox } from '../../box/clip.ts'
import { checkBox } from '../../box/validate.ts'
import type { GroundTruth } from '../../dataset/dataset.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { LabelledObject } from '../../label/labels.ts'

/** Whose objects they are. */
export interface ObjectsOrigin {
  /** The reader, for messages. */
  readonly where: string
  /** The file of labels. */
  readonly file: string
  /** The picture, where the file labels several. */
  readonly picture?: string | undefined
  /** In class-id order. */
  readonly classes: readonly string[]
  /** Of the picture, pixels. */
  readonly size: Size
}

/** What was found. */
export interface CheckedObjects {
  readonly objects: readonly GroundTruth[]
  /** The same objects as they were labelled. */
  readonly kept: readonly LabelledObject[]
  /** Faults for which the whole picture must be left out: what they concern would be taught, or judged, as background. */
  readonly faults: readonly SingleshotError[]
  /** Objects that can be left out alone, because there is nothing to see or it is seen already. */
  readonly idle: readonly SingleshotError[]
}

/** Checks objects whose boxes are in pixels. A box that sticks out by at most a pixel is clipped. */
export function checkObjects(
  labelled: readonly LabelledObject[],
  origin: ObjectsOrigin,
): CheckedObjects {
  const faults: SingleshotError[] = []
  const idle: SingleshotError[] = []
  const objects: GroundTruth[] = []
  const kept: LabelledObject[] = []
  const seen = new Map<string, number>()
  for (const object of labelled) {
    const checked = checkObject(object, origin, seen)
    if (checked instanceof SingleshotError)
      (IDLE.includes(checked.code) ? idle : faults).push(checked)
    else {
      objects.push(checked)
      kept.push(object)
    }
  }
  return { objects, kept, faults, idle }
}

const IDLE: readonly string[] = ['E_BOX_EMPTY', 'E_BOX_TWICE']

function checkObject(
  { number, className, box, difficult, crowd }: LabelledObject,
  { where, file, picture, classes, size }: ObjectsOrigin,
  seen: Map<string, number>,
): GroundTruth | SingleshotError {
  const owner = picture === undefined ? '' : `${picture}, `
  const origin = { where, file, object: `${owner}object ${number} ${className}` }
  const classId = classes.indexOf(className)
  if (classId < 0) {
    const rule = `expected one of the classes ${classes.join(', ')}`
    return new SingleshotError('E_CLASS_UNKNOWN', { ...origin, rule, got: className })
  }
  const fault = checkBox(box, size, origin)
  if (fault !== null) return fault
  const key = JSON.stringify([classId, box])
  const first = seen.get(key)
  if (first !== undefined) {
    const rule = 'expected each object once'
    const got = `the box of object ${first} again`
    return new SingleshotError('E_BOX_TWICE', { ...origin, rule, got })
  }
  seen.set(key, number)
  return {
    box: clipBox(box, size),
    classId,
    // A crowd is judged as what is hard to tell is: what lies on it counts neither way.
    difficult: difficult === true || crowd === true,
    ...(crowd === true && { crowd }),
  }
}

/**
 * The classes of some annotations that are not in the class list: two lists disagree, which leaving pictures out would
 * only hide.
 * @returns one E_CLASS_UNKNOWN for all, not thrown; null where there are none
 */
export function unknownClasses(
  checks: readonly (Pick<CheckedObjects, 'faults'> | SingleshotError)[],
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
