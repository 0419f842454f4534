/** @file Lesson 7: the loss, class and place. */
import type { Lesson } from '../lesson.ts'

/** What an anchor is blamed for. */
export const lesson: Lesson = {
  id: '07-loss',
  number: 7,
  title: 'The loss: wrong class, wrong place',
  idea: `After the one pass we know what every anchor said, and what it should have said. The *loss* is how wrong that
    was, as one number. It has two parts.

    *Wrong class*: the smaller the probability of the right answer, the larger the error. "Background" is an answer like
    the others, so claiming an object where there is none is a wrong class too. *Wrong place*: how far the four offsets
    are from the right ones. Only anchors that answer for an object have offsets to be wrong about.`,
  figure: () => import('./Figure.svelte'),
  more: `What an anchor says about its class are plain numbers, below or above 0. To make probabilities of them, raise e to
    each and divide by the sum of all: none is below 0, and together they are 1. This is called *softmax*. So saying more
    of one class is saying less of all the others.

    Why the logarithm? If the right answer had probability 1, the error is 0. If it had one half, the error is 0.69.
    If it had nearly 0, the error grows without end. Being sure and wrong is the worst that an anchor can do.

    And why "smooth L1"? Near the right offset it is a parabola: a small error is mended gently. Farther out it is a
    straight line: one wild anchor cannot shout down all the others.`,
  question: `An anchor over empty floor says: cup, 90 %. Another one, right over a cup, says: background, 90 %. Which of
    the two is blamed more for its class? And which one is blamed for its offsets?`,
  answer: `For the class both alike, if they take part: each gave the right answer at most 10 %, and -log 0.10 = 2.3. The
    loss does not know that one is a false alarm and the other a miss.

    For the offsets only the second one. On empty floor there is no box to be near to.`,
  proof: {
    point: 3,
    shows: `The loss is wrong class plus the error of the offsets, and nothing else: add up what each anchor is blamed
      for, and it is the number that the training engine computes. The IoU is in none of the terms.`,
  },
}
