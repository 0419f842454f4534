/** @file Lesson 5: offsets. */
import type { Lesson } from '../lesson.ts'

/** Offsets: an anchor shifted and scaled onto an object. */
export const lesson: Lesson = {
  id: '05-offsets',
  number: 5,
  title: 'Offsets: from the anchor to the object',
  idea: `An anchor covers its object only roughly. Four numbers do the rest: how far to the right, how far down, how much
    wider, how much taller. They are called *offsets*: dx, dy, dw, dh. This is all that the network has to output about
    a place.

    Drag the object or the anchor, and read the four numbers.`,
  figure: () => import('./Figure.svelte'),
  more: `Offsets are never plain pixels. A shift is measured in anchor sizes, from centre to centre. A scaling is the
    logarithm of “how many times as wide”. So a small and a large anchor need the same numbers for the same mistake.

    SSD finally divides shifts by 0.1 and scalings by 0.2. That brings the numbers near 1, where a network learns well. It
    also makes errors of place count 10 and 5 times as much beside the class. Going back to boxes multiplies again.

    The sums go both ways. In training they turn labels into targets. In use they turn outputs into boxes.

    fast.ai’s SSD wraps every offset in *tanh*, a curve that squeezes any number into −1 to 1. The centre of a box can
    then never leave its cell, whatever the network outputs. That is safer early in training. But what is out of
    reach can never be hit exactly.`,
  question: `An anchor is 100 pixels wide, its object 200. What is dw? And what would it be if the object were 50 pixels
    wide?`,
  answer: `ln(200 ÷ 100) ÷ 0.2 = 3.47, and ln(50 ÷ 100) ÷ 0.2 = −3.47. Twice as wide and half as wide are equally far
    from “leave it”. And however negative dw becomes, the power of e keeps the width above 0. A box with a negative width
    cannot even be expressed.`,
  proof: {
    point: 1,
    shows: `The network makes no box out of nothing. Set all four sliders to 0, and the box is the anchor itself. Every box
      is an anchor, shifted a little and scaled a bit.`,
  },
  next: `Every anchor now has a target: a class, and for the positive ones four offsets. Where do the network’s own numbers
    come from?`,
}
