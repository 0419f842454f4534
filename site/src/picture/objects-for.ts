/** @file The picture's objects in the words of a model: class ids count in the model's list, which may be another. */
import type { Picture, PictureObject } from './picture.svelte.ts'

/**
 * The picture's objects with the model's class ids. Undefined for a picture without labels, and for one that shows a class
 * the model does not know: its loss and its misses would be told wrongly.
 */
export function objectsFor(
  { objects, classes: own, source }: Picture,
  classes: readonly string[],
): PictureObject[] | undefined {
  if (source.kind === 'photo' || source.kind === 'webcam') return undefined
  const known = objects.map(({ classId, ...object }) => {
    return { ...object, classId: classes.indexOf(own[classId] ?? '') }
  })
  return known.every(({ classId }) => classId >= 0) ? known : undefined
}
