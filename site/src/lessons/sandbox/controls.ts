/** @file Every control of the sandbox; all of them are in the address. */
import { choice, flag, number, objects } from '../../state/control.ts'

/** The controls. */
export const CONTROLS = {
  objects: objects(),
  /** Class of the next object that is drawn. */
  class: number({ default: 0, min: 0, max: 999, step: 1 }),
  anchors: choice(['one', 'lesson9', 'tiny', 'model'], 'one'),
  stride: choice(['16', '32', '64', '128'], '32'),
  size: number({ default: 52, min: 20, max: 300, step: 4 }),
  sizes: number({ default: 1, min: 1, max: 3, step: 1 }),
  ratios: choice(['1', '3', '5'], '3'),
  variant: choice(['paper', 'torchvision', 'lesson9'], 'paper'),
  iou: number({ default: 0.5, min: 0.1, max: 0.9, step: 0.01 }),
  negatives: number({ default: 3, min: 0, max: 20, step: 1 }),
  gamma: number({ default: 1, min: 0, max: 5, step: 0.5 }),
  learned: number({ default: 0.3, min: 0, max: 1, step: 0.05 }),
  seed: number({ default: 1, min: 1, max: 99, step: 1 }),
  bug: choice(['none', 'flip', 'lost', 'mining'], 'none'),
  positives: flag(true),
  mined: flag(false),
  detections: flag(false),
  score: number({ default: 0.5, min: 0.05, max: 0.95, step: 0.05 }),
  nms: number({ default: 0.45, min: 0.05, max: 0.95, step: 0.05 }),
} as const
