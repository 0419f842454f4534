/** @file Lesson 10: how the network's numbers become boxes. */
import type { Lesson } from '../lesson.ts'

/** From numbers to boxes. */
export const lesson: Lesson = {
  id: '10-boxes',
  number: 10,
  title: 'From numbers to boxes',
  idea: `The network draws nothing. For every anchor it gives a chance for each class and four offsets: thousands of
    plain numbers, all at once. What follows is arithmetic, and you could do it by hand.

    Drop every claim with a low score. Move and stretch the anchors of the rest. Cut off what sticks out of the
    picture. Of many boxes on one thing keep the best. Go down the list, stage by stage, and watch the picture.`,
  figure: () => import('./Figure.svelte'),
  more: `The chances come from plain numbers, one for each class and one for "background", by the softmax of lesson 7: together
    they are 1. The score is the chance that the network gives to a class. There is no separate number for "how sure am I that
    the box is right". Slide the score threshold down to 0.01: the anchors around every object speak up too, and
    some that see nothing. Slide it up: only the surest are left, and in the end even real objects go.

    A program that shows boxes to people uses a high threshold, here 0.5. Whoever measures how good a detector is
    uses a very low one, here 0.01, because he wants to see the whole list (lesson 12).

    There is a last limit, too: of very many boxes only the best are kept, 200 a picture in SSD.

    The four offsets are read in the same way in which they were written in lesson 5. A move is counted in tenths of the
    anchor's side, and a stretch is a power of e. So 0 means "stay as you are".`,
  question: `Two classes of one anchor are above the threshold. What happens? And can a detection lie where there is no
    anchor?`,
  answer: `Both claims go on, with the same box and different classes. One anchor has only one set of offsets. Low thresholds
    show it often: the same box as a circle and as a ring. NMS does not help, for it looks at each class by itself.

    It can lie beside every anchor, but not far from all of them: every box is some anchor, moved a little and stretched a
    bit. So there are never more places than anchors, though one place may carry two names. And an object far from every
    anchor, or much larger than all of them, is hard to reach.`,
  proof: {
    point: 1,
    shows: `Every box on the picture is one anchor of the fixed list, moved and stretched by four numbers. Choose any claim: the
      arrow and the sum show how little the anchor had to change, and the chances show how it got its name.`,
  },
}
