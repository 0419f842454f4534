/** @file Lesson 7: the loss, class and place. */
import type { Lesson } from '../lesson.ts'

/** What the loss is made of. */
export const lesson: Lesson = {
  id: '07-loss',
  number: 7,
  title: 'The loss: wrong class, wrong place',
  idea: `One anchor, the box predicted for it, and a bar per class. How wrong is that? Training needs one number for it, the
    *loss*. It has two parts.

    *Wrong class*: the smaller the probability of the correct class, the larger the error. “Background” is a class like
    the others, so claiming an object where there is none is a wrong class too. *Wrong place*: how far the four offsets are
    from the correct four. Only anchors that are responsible for an object have a place to get wrong.`,
  figure: () => import('./Figure.svelte'),
  more: `For each class the network outputs a plain number, a *logit*, below or above 0. *Softmax* turns logits into
    probabilities: raise e to each, then divide by the sum of all. None is below 0, and together they make 1. So more for
    one class is always less for the others.

    Why the logarithm? The class error is −ln of the correct class’s probability. At probability 1 the error is 0. At one
    half it is 0.69. Towards 0 it grows without limit. Being sure and wrong is the worst that an anchor can do.

    Why “smooth L1”? Near the correct offset the curve is a parabola, so a small error is corrected gently. Further out it
    is a straight line, so one wild anchor cannot outweigh all the others.

    The two parts are simply added. At the end the sum is divided by the number of positive anchors. Otherwise a picture
    with many objects would look worse than one with few, only because more was asked of it.`,
  question: `Anchor A, over empty floor, gets: cup 90%, background 10%. Anchor B, exactly over a cup, gets: background
    90%, cup 10%. Which has the larger class error? And which has an offset error?`,
  answer: `Neither, if both count. The correct class got 10% both times, and −ln 0.10 = 2.3. The loss does not know that one
    is a false alarm and the other a miss.

    Only B has an offset error. On empty floor there is no box to be near to.`,
  proof: {
    point: 3,
    shows: `Nothing else goes in. Add up the share of every anchor, and you have the
      number that the training engine computes. IoU is in none of the terms.`,
  },
  next: 'Of thousands of background anchors only a few hundred counted. Who chose them?',
}
