/** @file Lesson 3: the anchors. */
import type { Lesson } from '../lesson.ts'

/** Anchors: grids, sizes, shapes. */
export const lesson: Lesson = {
  id: '03-anchors',
  number: 3,
  title: 'Anchors: boxes that are already there',
  idea: `The blue boxes were there before the picture. Go to the next scene: the shapes change, the blue boxes stay. They
    are called *anchors*.

    A grid lies over the picture. Every cell carries the same small set of boxes, centred on it: square, wide and tall.
    Fine grids carry small boxes, coarse grids large ones. Each grid belongs to one *feature map* of the network
    (lesson 6). You see one cell and its anchors. Move to another cell, then show all of them.`,
  figure: () => import('./Figure.svelte'),
  more: `Nobody trains this list, and the network never gets to see it. For every place in the list the network outputs a
    fixed set of numbers: what is there, and how to shift and scale that anchor. Only its place in the list ties a number
    to an anchor.

    This works if some anchor is close already, wherever an object is and whatever its shape. The table measures that: for
    each object, the best IoU that any anchor reaches. Shrink all anchors to a quarter, and two of the five objects of the
    first scene fall below 0.5. Now double them. The average rises a little, because this scene has no small shapes. A
    list of anchors is a bet on the sizes to come.

    Never learned does not mean never moved. A detection is an anchor *after* its shift and its scaling (lesson 5). It can
    sit where no anchor sits, between two cells, in a shape of its own.`,
  question: `Can a detector find more objects than it has anchors? fast.ai’s first model has 16 anchors. What can it do
    with a picture of 20 objects?`,
  answer: `No. An anchor gives one box, for one object. So 16 anchors find at most 16 objects, and at least 4 of the 20 are
    lost.

    Usually more are lost, because objects do not spread out evenly. If two objects fall into one cell, and the cell has
    one anchor, one of them goes without.

    That is why a real SSD has thousands of anchors: 8,732 in SSD300. Pictures do not hold thousands of objects. But
    wherever an object turns up, and whatever its size and shape, an anchor that fits should be near, and still free.`,
  proof: {
    point: 1,
    shows: `The list is there before the picture. Go to the next scene: the objects change, and not one anchor does. The
      network can only shift an anchor, scale it, and name what is in it.`,
  },
  next: 'Thousands of anchors, a handful of objects. Which anchor should find which object?',
}
