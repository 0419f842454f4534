/** @file Lesson 9: training, the same picture again and again. */
import type { Lesson } from '../lesson.ts'

/** How it learned. */
export const lesson: Lesson = {
  id: '09-training',
  number: 9,
  title: 'Training: watch it learn',
  idea: `Training repeats one step thousands of times: look at some pictures, work out the loss, change every weight a
    little so that the loss becomes smaller. Nobody tells the network *how*; it only follows the slope.

    This network was stored some times on the way. Go through these *snapshots* and watch the same picture: the loss
    falls, the right answers grow, the boxes settle.`,
  figure: () => import('./Figure.svelte'),
  more: `The first snapshots lie closer together, because most is learned early. Follow an anchor: that there is
    *something*, it says soon. *What* it is takes longer, and two classes that look alike take longest.

    The loss of one picture may rise for a while though the loss of the whole training falls: each step changes the
    weights for a few pictures, and what helps them may hurt another for a moment.`,
  question: `The loss falls all the time. Is the detector then better all the time, too?`,
  answer: `Not surely. The loss of training is worked out on the pictures that the network learns from. It may learn
    these by heart. That is why a part of the pictures is kept aside, and the score on them (lesson 12) decides which
    snapshot is the best.

    And the loss is not what we want. We want boxes. The loss is what has a slope.`,
}
