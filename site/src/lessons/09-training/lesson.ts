/** @file Lesson 9: training, the same picture again and again. */
import type { Lesson } from '../lesson.ts'

/** How it learned. */
export const lesson: Lesson = {
  id: '09-training',
  number: 9,
  title: 'Training: watch it learn',
  idea: `Training repeats one step thousands of times. Look at a few pictures, match their labels with the anchors, work out
    the loss, and change every weight a little so that the loss becomes smaller. Nobody tells the network *how*. It
    only follows the slope, which is called the *gradient*.

    This network was saved several times along the way. Go through these *snapshots* and watch the same picture: the loss
    falls, the correct classes gain, the boxes settle.`,
  figure: () => import('./Figure.svelte'),
  more: `The first snapshots are closer together, because most is learned early. Follow an anchor: that there is
    *something* becomes clear soon. *What* it is takes longer, and two classes that look alike take longest.

    The loss of one picture may rise for a while although the loss of the whole training falls. Each step changes the weights
    for a few pictures, and what helps those may hurt another for a moment.`,
  question: 'The loss keeps falling. Does the detector keep getting better too?',
  answer: `Not necessarily. The training loss is measured on the pictures that the network learns from, and it may learn
    those by heart. That is why some pictures are kept aside. The score on them decides which snapshot is the best.

    And the loss is not what we want. We want boxes. The loss is what has a slope. In the last snapshot, this picture’s loss
    is the lowest of all, and yet at a minimum score of 0.5 the network shows eight boxes for five objects.`,
  next: `Training is over, and the labels are gone. Nothing is matched any more, nothing is learned. How do the numbers
    become boxes?`,
}
