/** @file The sandbox: everything at once, to be moved. */
import type { Lesson } from '../lesson.ts'

/** The sandbox. */
export const lesson: Lesson = {
  id: 'sandbox',
  number: null,
  title: 'The sandbox',
  idea: `All parts of the course on one table. Draw objects, choose the anchors, move the thresholds. Matching, loss and hard
    negatives are worked out again with every change.

    Draw on the picture with the mouse, or press N. Drag a box to move it.`,
  figure: () => import('./Figure.svelte'),
  more: `*The four points, and where to see them here.*

    *1. Anchors are a list made beforehand.* Take another picture: the number of anchors stays. Only the responsibilities
    change.

    *2. Overlap only assigns.* Slide the match IoU threshold: the loss stands still, then jumps. It has no slope there.

    *3. The loss is wrong class plus wrong place.* The two lines under the loss add up to it. Background is a class too: an
    anchor that claims an object where there is none is wrong.

    *4. Single shot.* All outputs shown here come from one pass. Nothing is cut out and looked at again.`,
  question: `Slide the match IoU threshold in small steps. Between two jumps the loss does not change by a single digit.
    Why?`,
  answer: `The threshold is only compared with the IoU of each anchor. As long as no anchor’s IoU lies between the old and
    the new threshold, every anchor keeps its target, and the sum is the same to the last digit. When the threshold passes
    the IoU of an anchor, that anchor changes from “this is a star” to “this is background” in one step: a jump.

    A jump has no slope, so a network cannot learn through it. It need not. Matching is done before the loss, and its result
    enters as fixed numbers.`,
  proof: {
    point: 2,
    shows: `What goes into the loss are the outputs and the targets, and only the outputs have a slope. In the table “What has
      a gradient”, IoU and its threshold have none, and the steps are flat between their jumps.`,
  },
}
