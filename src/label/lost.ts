/** @file What a format cannot hold of some labels, counted. */
import type { LabelFormat, LabelSet, Trait } from './labels.ts'

/** How many things of each kind a format cannot hold; kinds of which there is none are left out. */
export type Lost = Partial<Record<Trait, number>>

/** What would be lost. */
export function lostBy(format: LabelFormat, { classes, pictures }: LabelSet): Lost {
  const objects = pictures.flatMap((picture) => picture.objects)
  const used = new Set(objects.map(({ className }) => className))
  const counts: Record<Trait, number> = {
    difficult: objects.filter(({ difficult }) => difficult === true).length,
    crowd: objects.filter(({ crowd }) => crowd === true).length,
    outline: objects.filter(({ outline }) => outline !== undefined).length,
    rotation: objects.filter(({ rotation }) => rotation !== undefined).length,
    attributes: objects.filter(({ attributes }) => attributes !== undefined).length,
    'empty pictures': pictures.filter((picture) => picture.objects.length === 0).length,
    'unused classes': classes.filter((name) => !used.has(name)).length,
    splits: pictures.filter(({ split }) => split !== undefined).length,
  }
  return Object.fromEntries(
    Object.entries(counts).filter(
      ([trait, count]) => count > 0 && !format.holds.includes(trait as Trait),
    ),
  )
}

/** What losing one of each means, for people. */
export const LOST_WORDS: Readonly<
  Record<Trait, readonly [one: string, many: string, then: string]>
> = {
  difficult: ['object marked difficult', 'objects marked difficult', 'written as ordinary ones'],
  crowd: ['crowd', 'crowds', 'written as ordinary objects'],
  outline: ['outline', 'outlines', 'written as the boxes around them'],
  rotation: ['turned box', 'turned boxes', 'written as the upright boxes around them'],
  attributes: ['object with attributes', 'objects with attributes', 'written without them'],
  'empty pictures': [
    'picture without objects',
    'pictures without objects',
    'not named in the labels',
  ],
  'unused classes': [
    'class without an object',
    'classes without an object',
    'not named in the labels',
  ],
  splits: [
    'picture that belongs to a split',
    'pictures that belong to a split',
    'written without it',
  ],
}
