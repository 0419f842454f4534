/** @file Lesson 11: of several boxes on one object, keep the best. */
import type { Lesson } from '../lesson.ts'

/** NMS, step by step. */
export const lesson: Lesson = {
  id: '11-nms',
  number: 11,
  title: 'One box per object: NMS',
  idea: `Several anchors cover the same object, and all of them claim it. So the list is full of duplicates. *NMS*,
    non-maximum suppression, removes them.

    Go through the boxes of one class from the best score down. Keep a box, unless it overlaps one that you have already
    kept by more than a threshold. Then remove it. That is all.`,
  figure: () => import('./Figure.svelte'),
  more: `Each class is treated by itself. A cat box never removes a dog box, because a cat may well sit on a dog. So one
    object can end up with two boxes if the network cannot decide on its class.

    The threshold is a guess about the world: how much can two real objects of one class overlap? Too low, and neighbours
    remove each other: in a crowd, a real object is lost although its box was correct. Too high, and duplicates stay. SSD’s
    authors chose 0.45. It is a convention, not a law. This is not the threshold of lesson 4: that one compares anchors
    with labels, this one compares detections with each other.

    NMS does not learn, and nothing is learned through it. It runs after the network, on the finished boxes. In training
    there is no NMS at all.`,
  question: `Box A removes box B. Box B overlaps box C by a lot, but A and C share little. Is C removed? And what if B had
    the highest score?`,
  answer: `C stays. Only kept boxes can remove others, and B is gone. Choose “by hand” and the situation “A chain” to see it.

    If B has the highest score, it comes first and stays. Then A and C are both removed. The same three boxes in another
    order, another result: one box instead of two.`,
  proof: {
    point: 2,
    shows: `Here, too, IoU only decides: a box stays or is removed, and there is nothing in between. Move the threshold:
      the count jumps, and between two jumps nothing changes.`,
  },
  next: 'The list is finished. Is it any good?',
}
