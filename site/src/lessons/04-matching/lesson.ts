/** @file Lesson 4: matching. */
import type { Lesson } from '../lesson.ts'

/** Which anchor answers for which object. */
export const lesson: Lesson = {
  id: '04-matching',
  number: 4,
  title: 'Matching: which anchor answers for which object',
  idea: `Training must tell every anchor what to say. So the anchors are shared out among the objects, by two rules.
    *One*: an anchor that overlaps an object enough, with an IoU at or over the threshold, answers for it. *Two*: every
    object gets at least one anchor by force, its best one, however badly that fits.

    All others are *negative*: they must say "background".`,
  figure: () => import('./Figure.svelte'),
  more: `Read the table by rows and by columns. A row asks: which anchor is the best for this object? That is rule two,
    the forced match. A column asks: which object is the best for this anchor? That is rule one, with the threshold.
    Both maxima are needed. Without the rows a small object would have no anchor at all; without the columns each object
    would have only one, and learning would be slow. Where the two disagree, force wins: an anchor that is forced for one
    object answers for that one, even if it overlaps another one more.

    All this is done before the network is even asked. It needs only the objects and the list of anchors.`,
  question: `What if two objects fall on one anchor? Make that happen with the button, and change the matcher.`,
  answer: `An anchor names one object, so only one can have it. The paper's code (*bipartite*) makes the pairs best first:
    the better fitting object gets the anchor, the other one takes its next best that is still free. It is found by a
    worse anchor, but it is found. If it touches no free anchor at all, it gets the nearest one.

    torchvision's code and most copies (*overwriting*) let each object write its name on its best anchor, one after the
    other. The last one wins. The first one is lost, unless other anchors reach the threshold for it: nobody teaches the
    network to find it, and its place may even be taught as background. With 16 anchors this happens often, with
    thousands seldom.`,
  proof: {
    point: 2,
    shows: `Matching only assigns. Move the threshold: the positives jump from one whole number to another, and between
      the jumps the slope is exactly 0. Nothing flows back through it; learning uses the assignment, not the IoU.`,
  },
}
