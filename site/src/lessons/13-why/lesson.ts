/** @file Lesson 13: why was it missed? */
import type { Lesson } from '../lesson.ts'

/** Why was it missed? */
export const lesson: Lesson = {
  id: '13-why',
  number: 13,
  title: 'Why was it missed?',
  idea: `A detector missed your object, or found one that is not there. There is always a first step at which it went
    wrong, and that step says what to do about it.

    Choose an object or a detection, or draw a box round something that should have been found. Your own photo works
    too.`,
  figure: () => import('./Figure.svelte'),
  more: `The steps, in order. Does an anchor fit the object? Did an anchor answer for it in training? Did an anchor say its class
    and put its box on it? Was the score high enough to be shown? Did no better box remove it? Was it not one too many in
    a full list? Choose a missed object, and the step at which it was lost is marked. If nothing is missed here, a
    button above looks for a scene in which something is.

    The steps fall into two halves. In the upper half the network never saw the object: no anchor fitted, or the
    anchors there had not learned it. Only other anchors or more training help. In the lower half it saw the object,
    and a threshold sifted it out. Then a slider is enough. Try it: that is what the sliders here are for.

    An advice that names a slider was tried on this very picture before it was given.

    The command line tells the same story of any picture: \`npx singleshot why --help\`.`,
  question: `An object was seen with a score of 0.31, but your program shows scores from 0.50 on. Should you lower that
    to 0.30?`,
  answer: `It would show this one. But it also shows every other box between 0.30 and 0.50, and most of those may be
    wrong: the advice says how many boxes there would be. Lesson 12 draws that bargain as a curve. If most of your
    misses stop at the score, more training on such pictures is the better way.`,
  proof: {
    point: 1,
    shows: `Every story here begins at one anchor of a fixed list: where it stood before the network looked, and how
      far the network moved and stretched it.`,
  },
}
