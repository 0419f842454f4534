/** @file The picture's objects in the words of a model: class ids count in the model's list, which may be another. */
import type { Picture, PictureObject } from './picture.svelte.ts'

/** The objects whose class the model knows, with its ids; undefined where nobody labelled the picture. */
export function objectsFor(
  { objects, classes: own, source }: Picture,
  classes: readonly string[],
): PictureObject[] | undefined {
  if (source.kind === 'photo' || source.kind === 'webcam') return undefined
  return objects
    .map(({ classId, ...object }) => ({ ...object, classId: classes.indexOf(own[classId] ?? '') }))
    .filter(({ classId }) => classId >= 0)
}
