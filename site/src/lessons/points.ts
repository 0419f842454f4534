/** @file The four points that the whole page is about, in the order in which the project began with them. */

/** By number, from 1. */
export const POINTS: Readonly<
  Record<1 | 2 | 3 | 4, { readonly name: string; readonly text: string }>
> = {
  1: {
    name: 'Anchors are a list made beforehand.',
    text: 'The network only shifts an anchor a little, scales it a bit, and names the class.',
  },
  2: {
    name: 'Overlap only assigns.',
    text: 'IoU decides which anchor is responsible for which object. Nothing flows back through that decision.',
  },
  3: {
    name: 'The loss is wrong class plus wrong place.',
    text: 'Claiming an object where there is none is a wrong class, too.',
  },
  4: {
    name: 'Single shot: one network, one pass.',
    text: 'Two-stage detectors first propose regions, then classify and refine each one.',
  },
}
