/** @file Lesson 8: hard negatives, and focal loss. */
import type { Lesson } from '../lesson.ts'

/** Who may speak. */
export const lesson: Lesson = {
  id: '08-mining',
  number: 8,
  title: 'Hard negatives, and focal loss',
  idea: `Thousands of anchors see background, and only some see an object. Most of the background is easy: each of these
    anchors is hardly wrong. But there are so many that together they drown the few that matter.

    SSD answers with *hard negative mining*: in each picture only the most wrong negatives take part, three for each
    positive. Another answer is *focal loss*: all take part, but what is easy hardly counts. Move the sliders and see
    who makes the loss.`,
  figure: () => import('./Figure.svelte'),
  more: `Choosing the hard ones has no slope, just as choosing by IoU has none. It decides who takes part, and then the
    class errors of those teach.

    An easy negative is one that the network already calls background with 99 % or more. Early in training only few
    are easy, but most are already rather easy, and these make the flood. Choose the trained network: nearly all of them
    are easy now, and the flood is smaller.`,
  question: `A picture has no object at all. Three negatives for each positive: how many is that? And what would the
    network learn from the picture?`,
  answer: `Three times 0 is 0: nobody would take part, the loss would be 0, and the picture would teach nothing. A false
    alarm in it would go unpunished. That is why there is a floor: at least so many negatives a picture, here 16 unless
    you move the slider. Empty the picture and move the floor to 0: the loss is gone.`,
}
