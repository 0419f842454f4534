/** @file Two objects of nearly the same size, so close that the anchor of one cell fits both best. */
import type { DrawnObject } from '../../state/control.ts'

/** On the 512 x 384 pixels of a scene: a circle and a heart. */
export const LESSON_OBJECTS: readonly DrawnObject[] = [
  { box: { x1: 134, y1: 122, x2: 244, y2: 252 }, classId: 0 },
  { box: { x1: 148, y1: 134, x2: 264, y2: 262 }, classId: 2 },
]

/** The same as the word of an address. */
export const LESSON_OBJECTS_WORD = LESSON_OBJECTS.map(({ box: { x1, y1, x2, y2 }, classId }) =>
  [x1, y1, x2, y2, classId].join(','),
).join(';')
