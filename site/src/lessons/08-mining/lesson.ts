/** @file Lesson 8: hard negatives, and focal loss. */
import type { Lesson } from '../lesson.ts'

/** Which negatives count. */
export const lesson: Lesson = {
  id: '08-mining',
  number: 8,
  title: 'Hard negatives, and focal loss',
  idea: `Thousands of anchors cover background, and only about a hundred cover an object. Most background is easy, and each
    of these anchors is only a little wrong. But there are so many of them that together they can outweigh the few that
    matter.

    SSD’s remedy is *hard negative mining*: in each picture only the most wrong negatives count, three per positive. Another
    remedy is *focal loss*: all of them count, but an easy one hardly adds anything. Move the sliders and see where the
    class loss comes from.`,
  figure: () => import('./Figure.svelte'),
  more: `The hard negatives are chosen anew at every step, from that step’s outputs. Choosing has no slope, just as matching
    has none. It decides which anchors count, and then their class errors teach.

    Training is one small change of the weights after another. Each change is a *step*, made from a few pictures (a
    *batch*). Once through all pictures is an *epoch*. Before the first step, no negative is easy, and all of them
    together make 65% of this picture’s class loss; with mining, 11%. After one epoch it is 64% and 23%. Fully trained, nearly
    every negative is easy: 44% without mining, 40% with it. So mining matters most at the start.

    In focal loss, *gamma* sets how strongly easy anchors are discounted, and *alpha* how much positives weigh against
    negatives.`,
  question: `A picture has no object at all. Three negatives per positive: how many is that? And what would the network
    learn from the picture?`,
  answer: `Three times 0 is 0. No anchor would count, the loss would be 0, and the picture would teach nothing. A false
    alarm in it would go uncorrected. This library therefore adds a floor, a minimum number of negatives per picture: 16
    unless you move the slider. (The paper and its code have none.) Empty the picture and move the floor to 0: the loss
    is gone.`,
  next: 'The loss tells how wrong the network is. What does the network do about it?',
}
