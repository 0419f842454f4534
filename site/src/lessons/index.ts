/**
 * @file Every lesson, in order. A lesson is a folder here with a `lesson.ts`: it is found by being there, and no other
 * file must be touched to add one.
 */
import type { Lesson } from './lesson.ts'

const found = import.meta.glob<{ readonly lesson: Lesson }>('./*/lesson.ts', { eager: true })

/** The map, all lessons by number, the sandbox. */
export const LESSONS: readonly Lesson[] = Object.values(found)
  .map(({ lesson }) => lesson)
  .toSorted((a, b) => (a.number ?? 99) - (b.number ?? 99))

/** The lesson with an id; the first one if there is none. */
export function findLesson(id: string): Lesson {
  return LESSONS.find((lesson) => lesson.id === id) ?? LESSONS[0]!
}

/** The lessons before and after one. */
export function neighboursOf(lesson: Lesson): { before?: Lesson; after?: Lesson } {
  const at = LESSONS.indexOf(lesson)
  return {
    ...(LESSONS[at - 1] && { before: LESSONS[at - 1]! }),
    ...(LESSONS[at + 1] && { after: LESSONS[at + 1]! }),
  }
}
