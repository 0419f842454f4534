/** @file Lesson 10: how the network's numbers become boxes. */
import type { Lesson } from '../lesson.ts'

/** From numbers to boxes. */
export const lesson: Lesson = {
  id: '10-boxes',
  number: 10,
  title: 'From numbers to boxes',
  idea: `The network draws nothing. For every anchor it outputs a number per class and four offsets: over a hundred
    thousand plain numbers, all at once. What follows is arithmetic that you could do by hand.

    Drop every claim with a low score. Shift and scale the anchors of the rest. Cut off what sticks out of the picture. Of
    several boxes on one object keep the best. Go down the list, stage by stage, and watch the picture.`,
  figure: () => import('./Figure.svelte'),
  more: `Softmax (lesson 7) turns the numbers of an anchor into probabilities, one per class and one for “background”.
    Together they make 1. The *score* of a claim is the probability of its class. There is no separate number for “how sure
    am I that the box fits”.

    Slide the minimum score down to 0.01: the anchors around every object claim something too, and some that cover nothing.
    Slide it up: only the surest are left, and in the end real objects are lost as well.

    A program that shows boxes to people sets it high, here to 0.5. To measure a detector you set it very low, here to
    0.01, because the whole list counts (lesson 12). There is a last limit: at most 200 boxes per picture are kept.`,
  question: `Two classes of one anchor are above the minimum score. What happens? And can a detection sit where no anchor
    is?`,
  answer: `Both claims go on, with the same box and different classes. An anchor has only one set of offsets. At a low
    minimum score you see this often: the same box as a circle and as a ring. NMS does not help, because it treats each
    class by itself.

    A detection can sit where no anchor is, but not far from all of them. Every box is an anchor, shifted and scaled. So an
    object far from every anchor, or much larger than all of them, is hard to reach.`,
  proof: {
    point: 1,
    shows: `Every box on the picture is one anchor of the fixed list, shifted and scaled by four numbers. Choose any claim:
      the arrow and the sum show how little the anchor had to change, and the bars show how it got its class.`,
  },
  next: 'The list still names most objects several times.',
}
