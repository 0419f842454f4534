/** @file Situations of own boxes, each with something to see. */
import type { DrawnObject } from '../../state/control.ts'

/** The names of the boxes; also the keys of their scores in the address. */
export const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f'] as const

/** A situation. */
export interface Preset {
  readonly name: string
  /** What to try in it. */
  readonly hint: string
  readonly own: readonly DrawnObject[]
  /** One per box. */
  readonly scores: readonly number[]
}

const at = (x1: number, y1: number, x2: number, y2: number, classId = 0): DrawnObject => {
  return { box: { x1, y1, x2, y2 }, classId }
}

/** All situations; the first one is shown at first. */
export const PRESETS: readonly Preset[] = [
  {
    name: 'Two close together',
    hint: 'Two real cats, A and C, each with a duplicate. Lower the threshold below 0.39: cat C is removed, although its box was correct.',
    own: [at(60, 50, 200, 210), at(66, 58, 208, 206), at(120, 50, 262, 210), at(114, 46, 252, 214)],
    scores: [0.95, 0.86, 0.9, 0.75],
  },
  {
    name: 'Five on one',
    hint: 'One cat and five claims. The best one is kept and removes the others.',
    own: [
      at(120, 60, 280, 200),
      at(112, 68, 270, 206),
      at(130, 52, 292, 190),
      at(124, 74, 260, 214),
      at(104, 50, 276, 216),
    ],
    scores: [0.95, 0.9, 0.82, 0.7, 0.6],
  },
  {
    name: 'A chain',
    hint: 'A removes B. B overlaps C too, but a removed box removes nothing, so C stays.',
    own: [at(40, 70, 190, 190), at(80, 70, 230, 190), at(120, 70, 270, 190)],
    scores: [0.95, 0.9, 0.85],
  },
  {
    name: 'Two classes',
    hint: 'A cat on a dog. A and B nearly coincide. Their classes differ, so both stay at every threshold.',
    own: [at(90, 60, 280, 210), at(84, 66, 286, 216, 1), at(100, 54, 270, 200)],
    scores: [0.92, 0.88, 0.5],
  },
]
