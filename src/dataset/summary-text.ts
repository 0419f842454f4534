/** @file A dataset's summary in sentences. */

import type { Size } from '../box/box.ts'
import { countOf } from '../error/count-of.ts'
import type { LabelsRead, SplitTaken } from './dataset.ts'
import type { DataSummary } from './summary.ts'

/** Class names that a sentence lists; of the others it gives the number. */
const LISTED_CLASSES = 20

/** All that a person should know before training on a dataset, a sentence each; most apply only where something is odd. */
export function describeData(summary: DataSummary): string[] {
  const { emptyImages, classes, unlabelled, lookalikes, split, labels } = summary
  const absent = classes.filter(({ objects }) => objects === 0).map(({ name }) => name)
  return [
    `${countsText(summary)}${sizesText(summary)}.`,
    ...(labels === null ? [] : labelsText(labels)),
    ...(split === null ? [] : splitText(split)),
    ...(emptyImages === 0
      ? []
      : [`${countOf(emptyImages, 'picture')} without objects: background to learn from.`]),
    ...(unlabelled === null || unlabelled === 0
      ? []
      : [`${countOf(unlabelled, 'picture')} without an annotation: not used.`]),
    ...summary.notes,
    ...leftOutText(summary),
    ...(absent.length === 0 ? [] : [`Without any object here: ${listed(absent)}.`]),
    ...lookalikes.map(
      (names) =>
        `These class names differ only in case or spaces; give them one name if they mean one class: ${names.map(shownExactly).join(', ')}.`,
    ),
  ]
}

/** The format, with the reason where it was recognised, and what was noted. */
function labelsText({ title, reason, notes }: LabelsRead): string[] {
  return [...(reason === undefined ? [] : [`Labels: ${title} (${reason}).`]), ...notes]
}

/** What was left out and why, as a list of no or one sentence. */
export function leftOutText({ leftOut, problems }: DataSummary): string[] {
  const { images, objects } = leftOut
  if (images + objects === 0) return []
  const parts = [
    ...(images === 0 ? [] : [countOf(images, 'picture')]),
    ...(objects === 0 ? [] : [countOf(objects, 'object')]),
  ]
  const codes = Object.entries(problems)
    .sort(([, a], [, b]) => b - a)
    .map(([code, times]) => `${times} ${code}`)
  return [`Left out: ${parts.join(' and ')} (${codes.join(', ')}).`]
}

/** `set: 296 images, 527 objects of 2 classes (cat 300, dog 227)`. */
function countsText({ name, images, objects, classes }: DataSummary): string {
  const numbers = listed(classes.map((row) => `${row.name} ${row.objects}`))
  const kinds = classes.length === 1 ? '1 class' : `${classes.length} classes`
  return `${name}: ${countOf(images, 'picture')}, ${countOf(objects, 'object')} of ${kinds}${classes.length === 0 ? '' : ` (${numbers})`}`
}

function sizesText({ smallest, largest }: DataSummary): string {
  if (smallest === null || largest === null) return ''
  const text = ({ width, height }: Size) => `${width}x${height}`
  const [low, high] = [text(smallest), text(largest)]
  return low === high ? `, ${low} pixels` : `, ${low} to ${high} pixels`
}

function splitText({ name, asked, available, drawn }: SplitTaken): string[] {
  const origin = drawn ? ', drawn by chance: the data names no splits' : ''
  if (name === undefined)
    return available.length === 0
      ? []
      : [`Split: none, everything is taken; there are ${listed(available)}${origin}.`]
  const choice = asked || available.length === 1 ? '' : `, the usual one of ${listed(available)}`
  return [`Split: ${name}${choice}${origin}.`]
}

/** In quotes, with every space but the ordinary one as its code: two names may look alike and differ only there. */
function shownExactly(name: string): string {
  const codeOf = (space: string) => `\\u${space.charCodeAt(0).toString(16).padStart(4, '0')}`
  return `"${name.replaceAll(/[^\S ]/g, codeOf)}"`
}

function listed(words: readonly string[]): string {
  const more = words.length - LISTED_CLASSES
  return [...words.slice(0, LISTED_CLASSES), ...(more > 0 ? [`${more} more`] : [])].join(', ')
}
