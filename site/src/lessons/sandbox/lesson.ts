/** @file The sandbox: everything at once, to be moved. */
import type { Lesson } from '../lesson.ts'

/** The sandbox. */
export const lesson: Lesson = {
  id: 'sandbox',
  number: null,
  title: 'The sandbox',
  idea: `All parts of the course on one table. Draw objects, choose the anchors, move the thresholds. Which anchor must
    learn what, the loss, and who takes part in it, follow at once.

    Draw with the mouse on the picture, or press N. Drag a box to move it.`,
  figure: () => import('./Figure.svelte'),
  more: `*The four points, and where to see them here.*

    *1. Anchors are a list made beforehand.* Take another picture: the number of anchors stays. Only who is
    responsible changes. The network moves and stretches an anchor a little, and names a class.

    *2. Overlap only assigns.* Slide the IoU threshold: the loss stands still, then jumps. It has no slope there.

    *3. The loss is wrong class plus wrong place.* The two lines under the loss add up to it. Background is a class
    too: an anchor that claims an object where there is none is wrong.

    *4. One shot.* All answers shown here, thousands of them, come from one pass. Nothing is cut out and looked at
    again.`,
  question: `Slide the IoU threshold slowly. Between two jumps the loss does not change by a single digit. Why?`,
  answer: `Because the threshold is only compared with the IoU of each anchor. As long as no anchor's IoU lies between
    the old and the new threshold, every anchor keeps its task, and the sum is the same to the last digit. When the
    threshold passes the IoU of one anchor, that anchor changes from "this is a star" to "this is background" in one
    step: a jump.

    A jump has no slope, so a network cannot learn through it. It need not: matching is done before the loss, and its
    result enters as fixed numbers.`,
  proof: {
    point: 2,
    shows: `What goes into the loss are the answers and the targets; only the answers have a slope. In the
      list "What the loss can teach" the IoU and its threshold have none, and the stairs are flat between their jumps.`,
  },
}
