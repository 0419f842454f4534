/** @file Lesson 6: the network, one pass. */
import type { Lesson } from '../lesson.ts'

/** One pass through the network. */
export const lesson: Lesson = {
  id: '06-network',
  number: 6,
  title: 'The network: one look, every output',
  idea: `This is the hard one, so follow the drawing from left to right. The picture enters once. Layer by layer it becomes
    a coarser grid of richer cells. Four of these grids are kept: the *feature maps*. Every cell of a map holds a list of
    numbers about its part of the picture.

    A last small window then slides over each map. For every anchor of a cell it outputs one number per class, one for
    “background”, and four offsets. That is all: one network, one pass, every output at once.`,
  figure: () => import('./Figure.svelte'),
  more: `Each layer looks through a window of 3 × 3 cells and works out the same weighted sum at every place. This is a
    *convolution*. All cells of a map share the same weights: what the network learns from a star in one corner, it knows
    in every other corner. The anchors learn nothing. The windows do.

    The layers that make the maps are the *backbone*, often taken from a network that has already learned to tell pictures
    apart. fast.ai’s lecture uses ResNet34. The last windows are the *heads*, “the custom head” of the lecture.

    How can a cell judge an anchor larger than itself? Because it has seen more than itself. The part of the picture that a
    cell’s numbers depend on is its *receptive field*. As the table shows, it is larger than the map’s largest anchor, or
    wider than the whole picture. Fine maps see little and find small objects. Coarse maps see much and find large ones.

    There are other families. Real two-stage detectors compute the maps once and cut regions out of those, but a second
    network still runs for every region, and has to wait for the first. In return it takes a closer look. The oldest
    detectors slid a classifier over the picture, thousands of passes. DETR is one pass too, but without anchors: it has
    about a hundred learned slots, and training gives each object to the slot that fits it best.`,
  question: `The network outputs one list of numbers. How can it express “two cups here, nothing there”, when it never
    chose where to look?`,
  answer: `It never chooses. Every cell outputs numbers for its own place, in every picture. How many numbers there are is
    fixed before the first picture is seen. Most of them mean “nothing here”. Only afterwards, without any network, are
    the few that name an object picked out (lessons 10 and 11).`,
  proof: {
    point: 4,
    shows: `The figure counts every number that the network outputs for this picture, and all of them come out
      of one pass. Press the button under the blocks to time it: a second stage adds one more run per region. The single
      shot adds none.`,
  },
  next: 'Outputs on one side, targets on the other. The loss compares them.',
}
