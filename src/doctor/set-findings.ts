/** @file What pictures that are there more than once do to a set: they count twice, leak between splits, contradict. */
import { boxIou } from '../box/iou.ts'
import { scaleBox } from '../box/scale.ts'
import type { Example } from '../dataset/dataset.ts'
import type { DataFinding } from './data-finding.ts'
import { findDuplicates } from './duplicates.ts'
import type { PictureFacts } from './picture-look.ts'

/** A picture with its labels; those without labels are looked at too. */
export interface LookedAt {
  readonly facts: PictureFacts
  readonly example: Example | undefined
  readonly split: string | undefined
}

/** IoU below which two boxes of one place are two opinions. */
const SAME_IOU = 0.5

/** Findings about pictures that are one. */
export function findInSet(pictures: readonly LookedAt[]): DataFinding[] {
  const facts = pictures.map((picture) => picture.facts)
  return findDuplicates(facts).flatMap(({ first, second, exact }): DataFinding[] => {
    const [a, b] = [pictures[first]!, pictures[second]!]
    const { file } = b.facts
    const like = exact ? `equal to ${a.facts.file}` : `like ${a.facts.file}`
    const leaks = a.split !== undefined && b.split !== undefined && a.split !== b.split
    return [
      { code: exact ? 'picture-twice' : 'picture-alike', file, found: like },
      ...(leaks
        ? [{ code: 'picture-leaks' as const, file, found: `in ${b.split}, ${like} in ${a.split}` }]
        : []),
      ...(differ(a.example, b.example)
        ? [{ code: 'labels-differ' as const, file, found: `${like}, which has other boxes` }]
        : []),
    ]
  })
}

/** Whether two labellings of one picture say different things; sizes may differ. */
function differ(a: Example | undefined, b: Example | undefined): boolean {
  if (a === undefined || b === undefined) return false
  if (a.objects.length !== b.objects.length) return true
  return a.objects.some(({ box, classId }) => {
    const scaled = scaleBox(box, a.size, b.size)
    return !b.objects.some(
      (other) => other.classId === classId && boxIou(other.box, scaled) >= SAME_IOU,
    )
  })
}
