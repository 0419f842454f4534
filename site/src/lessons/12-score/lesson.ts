/** @file Lesson 12: how good a detector is. */
import type { Lesson } from '../lesson.ts'

/** How good is it? */
export const lesson: Lesson = {
  id: '12-score',
  number: 12,
  title: 'How good is it? Precision, recall, AP',
  idea: `Let the detector look at pictures whose objects are known. Put all its boxes of one class into one list, the surest
    first. Go down the list. A box is *right* if it overlaps an object enough that no surer box has taken already. Else it is
    *wrong*. An object that nobody hits is *missed*.

    *Precision*: what share of the boxes so far is right? *Recall*: what share of the objects has been found? Each line
    of the list gives one point of a curve. The area under the curve is *AP*, average precision.`,
  figure: () => import('./Figure.svelte'),
  more: `Where you stop in the list is a choice. Every score threshold is one such place: a high one gives few boxes that are nearly
    all right, a low one finds more and errs more. AP does not want to choose for you. It counts all places at once, so *no
    score threshold is part of it*. That is why detectors are measured with one near 0: cutting the list early only throws
    recall away. What does remain is the IoU from which a box is right, so it is always named with the number.

    A wrong box with a low score costs almost nothing, because it comes after the curve has got its area. A wrong box at the
    top costs a lot. So AP also asks: does the detector know when it is right?

    A double is wrong, however well it fits: its object is taken. Switch "find everything twice" on: nothing
    more is found, and the AP falls. That is what NMS is for.

    The curve zigzags, so the stairs above it are used: at each recall the best precision that is still to come. The older
    11-point rule reads the stairs at only eleven recalls; SSD's paper used it for VOC2007. The two give different numbers for the same
    list, so a number without its rule says little. mAP is the mean over the classes.`,
  question: `A detector finds all ten objects with its first ten boxes. Then ninety wrong boxes follow in its list. What is
    its AP? And what if the ninety came first?`,
  answer: `1. When the tenth object is found, precision is 10/10 and recall is 10/10. What follows adds no recall, so it adds
    no area and takes none away.

    If the ninety come first, precision is 1/91 at the first object and 10/100 at the last. The stairs lie at 0.1 everywhere, so
    AP is 0.1. The same boxes, only the order of their scores was wrong.`,
}
