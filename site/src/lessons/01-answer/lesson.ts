/** @file Lesson 1: what the network must say about a picture. */
import type { Lesson } from '../lesson.ts'

/** What the network must say. */
export const lesson: Lesson = {
  id: '01-answer',
  number: 1,
  title: 'What the network must say',
  idea: `A detector looks at a picture and makes a list. Each line of the list says *what* it found and *where*: a class
    and a box. A box is four numbers.

    The hard part is the list itself. One picture has one object, the next has twenty, another has none. But a network
    always gives the same amount of numbers. The rest of this course is the answer to that puzzle.`,
  figure: () => import('./Figure.svelte'),
  more: `SSD solves it in a surprising way. It does not write a list at all. It lays thousands of fixed boxes over the
    picture, and asks the same question about every one of them: what is in you, and how far are you off? Almost all of
    them answer "nothing". What remains is the list.`,
  question: 'Why four numbers for a box, and not, say, two?',
  answer: `A box has a left, a top, a right and a bottom edge, and each can move by itself. Two numbers give only a point.

    There is another way to write the same four numbers: the middle of the box (two numbers), its width and its height.
    People like the corners. Networks like the middle and the size, because moving and stretching are then separate
    things.`,
}
