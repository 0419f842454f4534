/** @file Lesson 12: how good a detector is. */
import type { Lesson } from '../lesson.ts'

/** How good is it? */
export const lesson: Lesson = {
  id: '12-score',
  number: 12,
  title: 'How good is it? Precision, recall, AP',
  idea: `Let the detector look at pictures whose objects are known. Put all its boxes of one class into one list, the surest
    first, and go down the list. A box is *correct* if it overlaps an object enough, and no box above it has claimed that
    object. Otherwise it is *wrong*.

    *Precision*: what share of the boxes so far is correct? *Recall*: what share of the objects has been found so far? Each
    line of the list gives one point of a curve. The area under the curve is *AP*, average precision.`,
  figure: () => import('./Figure.svelte'),
  more: `Where you stop in the list is a choice. A high minimum score gives few boxes that are nearly all correct. A low one
    finds more and errs more. AP does not choose for you. It counts every place in the list, so *no minimum score is part
    of it*. What does remain is the IoU that a correct box needs, so it is always named with the number.

    A wrong box with a low score costs almost nothing, because it comes after the curve has got its area. A wrong box at the
    top costs a lot. So AP also asks: does the detector know when it is right?

    A duplicate is wrong, however well it fits: its object is taken. Turn on “Find everything twice”: nothing more is
    found, and AP falls.

    The curve zigzags, so AP uses the steps above it: at each recall, the best precision still to come. An older rule reads
    the steps at eleven recalls only. The two rules give different numbers for the same list, so a number without its
    rule tells little. mAP is the mean over the classes.`,
  question: `A detector finds all ten objects with its first ten boxes. Ninety wrong boxes follow in its list. What is its
    AP? And what if the ninety came first?`,
  answer: `1. When the tenth object is found, precision is 10/10 and recall is 10/10. What follows adds no recall, so it
    adds no area and takes none away.

    If the ninety come first, precision is 1/91 at the first object and 10/100 at the last. The steps are at 0.1
    everywhere, so AP is 0.1. The boxes are the same. Only their order was wrong.`,
  next: 'One number tells how good a detector is. It does not tell why your object was missed.',
}
