/** @file Lesson 13: why was it missed? */
import type { Lesson } from '../lesson.ts'

/** Why was it missed? */
export const lesson: Lesson = {
  id: '13-why',
  number: 13,
  title: 'Why was it missed?',
  idea: `A detector missed your object, or found one that is not there. One step on the way decided it, and that step tells
    what to do about it.

    Choose an object or a detection, or draw a box around something that should have been found. Your own photo works too.
    If nothing is missed in this picture, a button finds a scene with a miss.`,
  figure: () => import('./Figure.svelte'),
  more: `The steps, in order. Does an anchor fit the object? Was an anchor responsible for it in training? Did the network
    output its class there, and put the box on it? Was the score high enough to be shown? Did a better box remove it? Was
    it one too many in a full list? Choose a missed object, and the step that lost it is marked.

    The steps fall into two halves. In the upper half the network never saw the object: no anchor fits, or the network
    has not learned to recognise it there. Only other anchors or more training help. In the lower half it did see the
    object, and a threshold filtered it out. There a slider can bring it back, at a price.

    In the first 40 scenes, this page’s network misses 8 of 127 objects. It takes 3 of them for background and 2 for
    another class, 2 have too low a score, and NMS removes 1.

    Any advice that names a slider has been tried on this picture first.

    The command line tells the same story about any picture: \`npx singleshot why --help\`.`,
  question: `An object was seen with a score of 0.31, but your program shows boxes at or above 0.50. Should you lower that
    to 0.30?`,
  answer: `It would show this object. It would also show every other box between 0.30 and 0.50, and most of those may be
    wrong: the advice counts them for this picture. Lesson 12 draws this trade-off as a curve. If most of your misses stop
    at the score, more training on such pictures is the better way.`,
  proof: {
    point: 1,
    shows: `Every story here begins with one anchor of a fixed list: where it was before the network looked, and how far the
      network shifted and scaled it.`,
  },
}
