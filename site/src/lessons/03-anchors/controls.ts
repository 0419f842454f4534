/** @file What the learner may set, and its words in the address. */
import { choice, flag, number } from '../../state/control.ts'
import { LAYOUT_NAMES, LAYOUTS } from './layout.ts'

/** Detectors, and a grid of one's own. */
export const DETECTOR_NAMES = { ...LAYOUT_NAMES, own: 'a grid of my own' } as const

/** The controls of the lesson. */
export const CONTROLS = {
  preset: choice([...LAYOUTS, 'own'], 'tiny'),
  /** From 1. */
  map: number({ default: 2, min: 1, max: 8, step: 1 }),
  show: choice(['cell', 'map', 'all'], 'cell'),
  /** The chosen cell is under this point, in fractions of the picture: so it stays when the map changes. */
  x: number({ default: 0.5, min: 0, max: 1, step: 0.001 }),
  y: number({ default: 0.5, min: 0, max: 1, step: 0.001 }),
  best: flag(true),
  times: number({ default: 1, min: 0.25, max: 4, step: 0.05 }),
  cells: number({ default: 10, min: 1, max: 40, step: 1 }),
  size: number({ default: 40, min: 8, max: 240, step: 4 }),
  sizes: number({ default: 2, min: 1, max: 4, step: 1 }),
  ratio: number({ default: 2, min: 1, max: 4, step: 0.25 }),
}
