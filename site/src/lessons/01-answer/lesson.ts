/** @file Lesson 1: what a detector has to produce. */
import type { Lesson } from '../lesson.ts'

/** The list of boxes. */
export const lesson: Lesson = {
  id: '01-answer',
  number: 1,
  title: 'The answer: a list of boxes',
  idea: `Beside the picture is a list. Each line names *what* is there and *where*: a class and a box. A box is four
    numbers. A detector looks at a picture and has to produce such a list.

    The length of the list is what makes this hard. One picture holds one object, the next holds twenty, another none. A
    network, however, always outputs the same number of values. How can it write lists of every length?`,
  figure: () => import('./Figure.svelte'),
  more: `SSD solves it in a surprising way. It does not write a list at all. It covers the picture with thousands of fixed
    boxes and asks the same two questions about each one: what is in this box, and how far off is it? For nearly all of
    them the output is “nothing”. What remains is the list.

    A *network* is a long sum with about a million adjustable numbers, its *weights*. Training changes the weights, and
    nothing else. The fixed boxes stay as they are, and so do the rules around them.`,
  question: 'Why four numbers for a box? Why not two?',
  answer: `A box has a left, a top, a right and a bottom edge, and each can move by itself. Two numbers only give a point.

    The same box can be written in another way: its centre (two numbers), its width and its height. People tend to
    think in corners. For a network, centre and size are better, because shifting and scaling are then separate.`,
  next: 'To tell how far off a box is, we must first measure how well two boxes agree.',
}
