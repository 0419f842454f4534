/** @file Lesson 2: how much two boxes overlap. */
import type { Lesson } from '../lesson.ts'

/** Boxes and overlap. */
export const lesson: Lesson = {
  id: '02-overlap',
  number: 2,
  title: 'Boxes and overlap',
  idea: `Two boxes, A and B. How well do they agree? Take the area that both of them cover, and divide it by the area that
    they cover together. The result is called *IoU*, intersection over union. It is 1 when the boxes are equal, and 0
    when they do not touch.

    Drag a box and watch the sum.`,
  figure: () => import('./Figure.svelte'),
  more: `While the boxes touch, a small move changes the IoU a little: it has a *slope*. Now pull the boxes apart. The IoU
    drops to 0 and stays 0 wherever you move them. A network learns by following slopes, and here there is none to
    follow.

    IoU has three jobs in this course. It tells which anchor is responsible for which object (lesson 4), which of two
    detections is a duplicate (lesson 11), and whether a detection counts as correct (lesson 12). Each job compares other
    boxes and has its own threshold.`,
  question: `A box covers exactly the left half of another box. What is their IoU? And why would “make the IoU larger”
    alone be a poor goal for training?`,
  answer: `One half. The shared area is half of the large box, and together the two cover exactly the large box.

    As a goal, IoU has a blind spot: where two boxes do not touch, it is 0 however you move them, and cannot tell a box which
    way to go. Later losses repair this (GIoU is one, and this library includes it). SSD goes another way. It teaches the
    place by differences of position and size, which have a slope everywhere (lesson 5), and uses IoU only to *assign*.`,
  proof: {
    point: 2,
    shows: `Overlap is a measurement between two given boxes. Pull them apart, and its slope is exactly 0. Lesson 4 will
      show the other half of this point: where SSD uses IoU in training, no output of the network is involved at all.`,
  },
  next: 'Now we can measure a fit. Next come the boxes that the network starts from.',
}
