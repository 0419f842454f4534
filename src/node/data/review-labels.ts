/**
 * @file Suspicious labels to be looked at by a person, as an import of a labelling tool: their pictures with all labels as
 * they are, a note at each that is suspicious, and the missing ones added with a note.
 */
import { join, relative } from 'node:path'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { FormatName } from '../../label/format-names.ts'
import { FORMATS, formatOf } from '../../label/formats.ts'
import type { LabelledObject } from '../../label/labels.ts'
import { refuseFilled, writeNewFile } from '../files/new-file.ts'
import type { ExaminedLabels, LabelSuspicion } from './label-doctor.ts'
import { labelSetOf, writeLabels } from './write-labels.ts'

/** The attribute that holds the note. */
export const NOTE_ATTRIBUTE = 'doctor'

/** Formats whose labels can carry a note. */
export const REVIEW_FORMATS: readonly FormatName[] = FORMATS.filter(({ holds }) =>
  holds.includes('attributes'),
).map(({ name }) => name)

/** Where to write what. */
export interface ReviewRequest extends ExaminedLabels {
  /** One of {@link REVIEW_FORMATS}. */
  readonly to: FormatName
  /** The folder to make; new or empty. */
  readonly out: string
  readonly signal?: AbortSignal | undefined
}

/** Writes the import. @returns how many pictures it holds @throws SingleshotError E_CONFIG for a format without notes; E_OUTPUT_EXISTS, E_WRITE; the signal's reason */
export async function writeReview(request: ReviewRequest): Promise<number> {
  const { report, source, to, out, signal } = request
  if (!REVIEW_FORMATS.includes(to))
    throw new SingleshotError('E_CONFIG', {
      where: 'doctor',
      rule: `expected a format whose labels can hold a note: ${REVIEW_FORMATS.join(', ')}`,
      got: to,
    })
  await refuseFilled('doctor', out)
  const byFile = new Map<string, LabelSuspicion[]>()
  for (const one of report.suspicions) byFile.set(one.file, [...(byFile.get(one.file) ?? []), one])
  const set = labelSetOf(source)
  const chosen = source.dataset.examples.flatMap(({ imagePath }, i) => {
    const suspicions = byFile.get(relative(report.data, imagePath))
    if (suspicions === undefined) return []
    const picture = set.pictures[i]!
    return [{ imagePath, picture: { ...picture, objects: noted(picture.objects, suspicions) } }]
  })
  await writeLabels({ ...set, pictures: chosen.map(({ picture }) => picture) }, formatOf(to), {
    ...{ out, signal, pictures: 'link', where: 'doctor' },
    sources: chosen.map(({ imagePath }) => imagePath),
  })
  await writeNewFile(join(out, 'suspicions.json'), `${JSON.stringify(report, null, 2)}\n`, {
    where: 'doctor',
  })
  return chosen.length
}

/** The labels with their notes, and those that are missing. */
function noted(
  objects: readonly LabelledObject[],
  suspicions: readonly LabelSuspicion[],
): LabelledObject[] {
  const byNumber = new Map(suspicions.map((one) => [one.object, one]))
  const kept = objects.map((object) => {
    const one = byNumber.get(object.number)
    return one === undefined ? object : withNote(object, one)
  })
  const added = suspicions
    .filter(({ kind }) => kind === 'missing')
    .map((one, i) => withNote({ number: objects.length + 1 + i, ...one.proposal! }, one))
  return [...kept, ...added]
}

const withNote = (object: LabelledObject, one: LabelSuspicion): LabelledObject => ({
  ...object,
  attributes: { ...object.attributes, [NOTE_ATTRIBUTE]: noteOf(one) },
})

/** E.g. `class, perhaps WBC (0.93)`. */
function noteOf({ kind, proposal, confidence }: LabelSuspicion): string {
  const perhaps = kind === 'class' ? `, perhaps ${proposal!.className}` : ''
  return `${kind}${perhaps} (${confidence.toFixed(2)})`
}
