/** @file Lesson 3: the anchors. */
import type { Lesson } from '../lesson.ts'

/** Anchors: grids, scales, ratios. */
export const lesson: Lesson = {
  id: '03-anchors',
  number: 3,
  title: 'Anchors: boxes that are already there',
  idea: `Before it sees any picture, SSD has a list of boxes, the *anchors*. Lay a grid over the picture and put a few
    boxes on the middle of every cell: a square, a lying one, a standing one. A fine grid carries small boxes for small
    objects, a coarse grid carries large ones. Each grid belongs to one *feature map* of the network (lesson 6).

    Move over the picture to choose a cell. Choose another map. Then show all.`,
  figure: () => import('./Figure.svelte'),
  more: `Nothing of this list is learned and it is the same for every picture. So the network must only say two things of
    each anchor: what is in it, and how to move and stretch it a little. That works if some anchor already lies roughly
    over every object. Make all anchors much larger or smaller, and watch the best IoU fall: the scales do not fit any
    more, and no training makes up for it easily.

    Never learned does not mean never moved. A detection is an anchor *after* its move and its stretch (lesson 5), so it
    can lie where no anchor lies, between the cells and in a shape of its own. The anchor is only where the answer
    starts. What is learned is the answer.

    Two names in the figure: *fast.ai* is the detector that lesson 9 of fast.ai's course builds in small steps.
    And the list of *tiny* depends on the size of picture it is made for: if this page's network gets a smaller one, lesson 6 counts fewer anchors than you see here.`,
  question: `Can a detector find more objects than it has anchors? What did the first model of fast.ai's lesson 9,
    with its 16 anchors, do with a picture of 20 objects?`,
  answer: `No. An anchor learns to answer for one object, and it has one box to give. So 16 anchors find 16 objects at the
    very most, and 4 of the 20 cannot be found. In truth it is worse: the objects must also be spread so that each finds
    an anchor of its own. Two in one cell are already one too many when a cell has one anchor.

    This is why a real SSD has thousands: not because pictures have thousands of objects, but so that wherever an object
    is, and whatever its size and shape, an anchor that fits is near, and still free.`,
  proof: {
    point: 1,
    shows: `The list is there before the picture. Go to the next scene: the objects change, the anchors do not, not one
      of them. The network can only shift them, scale them, and name what is in them.`,
  },
}
