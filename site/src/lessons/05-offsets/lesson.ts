/** @file Lesson 5: offsets. */
import type { Lesson } from '../lesson.ts'

/** Offsets: an anchor shifted and scaled onto an object. */
export const lesson: Lesson = {
  id: '05-offsets',
  number: 5,
  title: 'Offsets: from the anchor to the object',
  idea: `An anchor that answers for an object lies only roughly over it. Four numbers say the rest: how far to the right,
    how far down, how much wider, how much taller. They are called *offsets*: dx, dy, dw, dh. They are all that the
    network must say about the place.

    Move the object or the anchor, and read the four numbers.`,
  figure: () => import('./Figure.svelte'),
  more: `The four are never plain pixels. A move, from middle to middle, is counted in anchor sizes, and a stretch is the
    logarithm of "how many times as wide". So a small and a large anchor need the same numbers for the same mistake. At the
    end SSD divides by .1, .1, .2 and .2. This only brings the numbers near 1, where a network learns well; decoding multiplies by them again.

    Lesson 9 of fast.ai's course puts tanh around everything, so an anchor can never leave its cell, whatever the network says. It is
    safer at first. But what lies out of reach can never be hit exactly.`,
  question: `An anchor is 100 pixels wide, its object 200. What is dw? And what would it be, had the object been 50 wide?`,
  answer: `ln(200 ÷ 100) ÷ 0.2 = 3.47, and ln(50 ÷ 100) ÷ 0.2 = −3.47. Twice as wide and half as wide are equally far from
    "leave it". And however negative dw becomes, exp keeps the width above 0: a box with a negative width cannot be said
    at all.`,
  proof: {
    point: 1,
    shows: `The network makes no box out of nothing. Set all four sliders to 0, and the box is the anchor itself: it only
      shifts a little and scales a little what was there.`,
  },
}
