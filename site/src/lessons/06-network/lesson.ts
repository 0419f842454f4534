/** @file Lesson 6: the network, one pass. */
import type { Lesson } from '../lesson.ts'

/** One pass through the network. */
export const lesson: Lesson = {
  id: '06-network',
  number: 6,
  title: 'The network: one pass',
  idea: `The picture goes through the network once. On the way it is halved again and again, and four of the halved
    pictures are kept. They are called *feature maps*. Each is a grid of cells, and each cell has looked at one part of
    the picture: its *receptive field*.

    At every cell stand some anchors. For each of them the cell answers with a few numbers: one for each class, one for
    "background", and four for the place. That is all: one network, one pass, every answer at once.`,
  figure: () => import('./Figure.svelte'),
  more: `Fine maps have many cells, and each sees little: they find small objects. Coarse maps have few cells, and each
    sees much: they find large ones. That is why the small anchors stand on the fine maps.

    Real detectors of the two-stage family save some work: they look at the picture once and cut the regions out of
    the feature maps, not out of the picture. But the second network still runs once for each region. And one must wait
    for the first list before the second stage can begin. What it buys is a second, closer look, which is often more exact.

    There are other ways. The oldest slides a classifier over the picture, once for every place and size: thousands of
    passes. A newer one (DETR) is one pass too, but without anchors: it has some hundred empty slots, and in training
    each object is given to the slot whose answer fits it best.`,
  question: `The network gave one list of numbers. How can it say "two cups here, nothing there", when it never chose
    where to look?`,
  answer: `It did not choose: every cell answers about its own place, always, in every picture. The number of answers is
    fixed before the first picture is seen. Most of them are "nothing here". Only afterwards, without any network, the few
    answers that name an object are picked out (lessons 10 and 11).`,
  proof: {
    point: 4,
    shows: `Single shot: the figure counts every number that the network gives for this picture, and all of them come
      out of one pass. Move the slider of regions: the other family needs one pass more for each region, the single shot
      none.`,
  },
}
