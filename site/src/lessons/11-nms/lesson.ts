/** @file Lesson 11: of many boxes on one object keep the best. */
import type { Lesson } from '../lesson.ts'

/** NMS, step by step. */
export const lesson: Lesson = {
  id: '11-nms',
  number: 11,
  title: 'One box for each object: NMS',
  idea: `Many anchors lie on the same object, and all of them claim it. So the list is full of doubles. *NMS*, non-maximum
    suppression, removes them.

    Go through the boxes of a class from the best score down. Keep a box, unless it overlaps one that you have
    already kept by more than a threshold. Then it goes. That is all.`,
  figure: () => import('./Figure.svelte'),
  more: `Each class goes by itself. A cat box never removes a dog box, because a cat may well sit on a dog. So one object can
    carry two boxes, if the network is in two minds about its class.

    The threshold is a guess about the world: how far can two real things of one class overlap? Too low, and
    neighbours destroy each other: one of two real objects in a crowd goes, though its box was right. Too high, and
    doubles stay. SSD's authors chose 0.45. No threshold is right for every picture.

    NMS does not learn, and nothing learns through it. It runs after the network, on the finished boxes. During training there is no
    NMS at all.`,
  question: `Box A removes box B. Box B overlaps box C by a lot, and A and C share little. Does C go? And what if B had the higher
    score?`,
  answer: `C stays: only kept boxes can remove others, and B has gone. Take "your own hand" and the situation "A chain" to see it.

    If B has the best score it is looked at first, and stays. Then A and C both go. The same three boxes, another order, another
    result: one box instead of two.`,
  proof: {
    point: 2,
    shows: `Here, too, the IoU only decides: a box stays or goes, there is nothing in between. Move the threshold: the count
      jumps, and between the jumps nothing changes.`,
  },
}
