/** @file What a dataset holds, counted: what anybody should see before hours of training on it. Knows no format. */

import type { Size } from '../box/box.ts'
import type { ErrorCode } from '../error/codes.ts'
import { countOf } from '../error/count-of.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { Dataset, LabelsRead, LeftOut, SplitTaken } from './dataset.ts'
import { lookalikesAmong } from './lookalikes.ts'

/** A dataset in numbers. */
export interface DataSummary {
  readonly name: string
  readonly split: SplitTaken | null
  readonly images: number
  /** Images without any object: they teach what background looks like. */
  readonly emptyImages: number
  readonly objects: number
  /** In class-id order. */
  readonly classes: readonly { readonly name: string; readonly objects: number }[]
  /** Each side by itself, pixels; null without images. */
  readonly smallest: Size | null
  readonly largest: Size | null
  /** Class names that differ only in case or spaces, and so probably mean one class. */
  readonly lookalikes: readonly (readonly string[])[]
  readonly leftOut: LeftOut
  /** How often each problem occurs. */
  readonly problems: Readonly<Partial<Record<ErrorCode, number>>>
  /** Images that no annotation belongs to; null where nobody counted them. */
  readonly unlabelled: number | null
  /** What else was done with the labels, a sentence each. */
  readonly notes: readonly string[]
  /** How the labels were read; null for generated scenes. */
  readonly labels: LabelsRead | null
}

/** Counts what a dataset holds. */
export function summariseData(dataset: Dataset): DataSummary {
  const { name, split, examples, classes, problems, leftOut, unlabelled, labels, notes } = dataset
  const counts = new Array<number>(classes.length).fill(0)
  for (const { objects } of examples) for (const { classId } of objects) counts[classId]!++
  const codes: Partial<Record<ErrorCode, number>> = {}
  for (const { code } of problems) codes[code] = (codes[code] ?? 0) + 1
  return {
    name,
    split: split ?? null,
    images: examples.length,
    emptyImages: examples.filter(({ objects }) => objects.length === 0).length,
    objects: counts.reduce((sum, count) => sum + count, 0),
    classes: classes.map((className, i) => ({ name: className, objects: counts[i]! })),
    smallest: extremes(examples, Math.min),
    largest: extremes(examples, Math.max),
    lookalikes: lookalikesAmong(classes),
    leftOut: { ...leftOut },
    problems: codes,
    unlabelled: unlabelled ?? null,
    notes: notes ?? [],
    labels: labels ?? null,
  }
}

/**
 * Refuses to train on data without a single object.
 * @throws SingleshotError E_NO_OBJECTS
 */
export function requireObjects(summary: DataSummary): void {
  const { name, images, objects } = summary
  if (objects > 0) return
  const remedy = noObjectsRemedy(summary)
  throw new SingleshotError('E_NO_OBJECTS', {
    where: 'readData',
    rule: `expected at least one object to learn in ${countOf(images, 'picture')}`,
    got: 'none',
    file: name,
    ...(remedy !== undefined && { remedy }),
  })
}

function noObjectsRemedy({ leftOut, split }: DataSummary): string | undefined {
  if (leftOut.objects + leftOut.images > 0)
    return 'All objects were left out: the problems listed before the message say why.'
  if (split === null || split.drawn) return undefined
  const others = split.available.filter((name) => name !== split.name)
  return others.length === 0
    ? undefined
    : `Check the annotations, or choose another split: ${others.join(', ')}.`
}

function extremes(
  examples: Dataset['examples'],
  pick: (a: number, b: number) => number,
): Size | null {
  return examples.reduce<Size | null>(
    (found, { size: { width, height } }) =>
      found === null
        ? { width, height }
        : { width: pick(found.width, width), height: pick(found.height, height) },
    null,
  )
}
