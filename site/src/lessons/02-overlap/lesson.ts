/** @file Lesson 2: how much two boxes overlap. */
import type { Lesson } from '../lesson.ts'

/** Boxes and overlap. */
export const lesson: Lesson = {
  id: '02-overlap',
  number: 2,
  title: 'Boxes and overlap',
  idea: `How well do two boxes agree? Take the area that both of them cover. Divide it by the area that they cover
    together. The result is called *IoU*, intersection over union: 1 when the boxes are equal, 0 when they do not touch.

    Move the boxes and watch the sum.`,
  figure: () => import('./Figure.svelte'),
  more: `Now pull the boxes wholly apart. The IoU becomes 0, and it *stays* 0 however you move them: its slope is 0 too.
    A network learns by following slopes. Where there is no slope, there is nothing to follow.`,
  question: `A box covers exactly the left half of another one. What is their IoU? And why does nobody train a detector
    by simply saying "make the IoU larger"?`,
  answer: `One half: the shared area is half of the large box, and together they cover just the large box.

    Because most boxes of a fresh detector do not touch any object. Their IoU is 0 and its slope is 0, so they would
    never learn where to go. SSD uses the IoU only to *decide* which box answers for which object (lesson 4). What it
    learns from are the differences of position and size (lesson 5), which have a slope everywhere.`,
  proof: {
    point: 2,
    shows: `The IoU only decides. Pull the boxes apart: the slope that this page measures is exactly 0, so nothing could
      be learned through it.`,
  },
}
