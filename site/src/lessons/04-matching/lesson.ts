/** @file Lesson 4: matching. */
import type { Lesson } from '../lesson.ts'

/** Which anchor is responsible for which object. */
export const lesson: Lesson = {
  id: '04-matching',
  number: 4,
  title: 'Matching: which anchor is responsible for which object',
  idea: `Sixteen anchors, five objects. Which anchor should find which object? Until that is settled, no output is correct
    or wrong. Two rules settle it.

    *Rule 1*: an anchor whose IoU with an object reaches the threshold is responsible for that object. *Rule 2*: every object
    gets its best anchor by force, however badly that fits.

    Anchors with an object are *positive*. All the others are *negative*: their correct class is “background”.`,
  figure: () => import('./Figure.svelte'),
  more: `Below the picture is a table of IoUs. Read it both ways. Along a row: which anchor is best for this object? That
    is rule 2. Down a column: which object is best for this anchor? That is rule 1. The class plays no part.

    Both rules are needed. Without rule 2, an object that no anchor fits well would have none, and its place would be taught
    as background. Without rule 1, each object would have a single anchor, and neighbours that fit nearly as well would be
    told “background” for seeing it. Where the rules disagree, rule 2 wins.

    Why not match the boxes that the network predicts? At first they are random, and would be given another task at every
    step. Anchors stay where they are, so each output has the same task from the first step on.

    Now look for the network. It is not here. Matching needs the anchors, which never change, and the labelled boxes, which
    do not change either. No output of the network goes in, so no correction can come back out. Train for a week: for this
    picture, not one cell of the table will be different.`,
  question: `Two objects can have the same best anchor. Make that happen with the button, then change the rule for it. Who
    loses?`,
  answer: `Only one object can have it. The paper’s rule (*bipartite*) settles the best pairs first. The object that fits
    better gets the anchor. The other gets the best one that is still free: a poorer start, but a start. If no free anchor
    touches it, the paper’s code gives up on it. Ours gives it the nearest one.

    torchvision’s code and most copies (*overwriting*) let every object, one after the other, write its name on its best
    anchor. The last one wins. The first keeps what rule 1 gives it, and that may be nothing. Then nothing teaches the
    network to find it, and its place may even be taught as background. With 16 anchors this happens often. With
    thousands it is rare.`,
  proof: {
    point: 2,
    shows: `Choose fast.ai’s 189 anchors and move the threshold. At 0.50 there are 13 positive
      anchors, at 0.55 there are 9. The number jumps, and between two jumps its slope is exactly 0. Training uses the
      assignment, never the IoU.`,
  },
  next: 'We know which anchor is responsible for which object. What exactly should the network output there?',
}
