/** @file The detectors that have a name, as a table of contents. Each is a readable description in a file of its own. */
import type { Size } from '../box/box.ts'
import { lesson9, lesson9Simple } from './lesson9.ts'
import type { ModelConfig } from './model.ts'
import { ssd300, ssd300Voc } from './ssd300.ts'
import { ssd512 } from './ssd512.ts'
import { ssdlite320 } from './ssdlite320.ts'
import { tinyInputSize, tinyModel } from './tiny.ts'

/** A detector that has a name. */
export interface Preset {
  /** One line about it. */
  readonly summary: string
  /** Its description for a list of classes. @param sizes of the training pictures, in pixels; may be empty */
  readonly describe: (classes: readonly string[], sizes: readonly Size[]) => ModelConfig
}

/** By name, in the order in which a newcomer should try them. */
export const PRESETS = {
  tiny: {
    summary: 'ours: learns from nothing, on two CPU cores, in minutes',
    describe: (classes, sizes) => tinyModel(classes, tinyInputSize(sizes)),
  },
  ssdlite320: {
    summary: 'MobileNetV3-Large, 3,234 anchors, as torchvision has it',
    describe: ssdlite320,
  },
  ssd300: {
    summary: 'VGG16, 8,732 anchors, as torchvision has it',
    describe: ssd300,
  },
  'ssd300-voc': {
    summary: "the same with the SSD paper's numbers for Pascal VOC",
    describe: ssd300Voc,
  },
  ssd512: {
    summary: "the SSD paper's larger one, 24,564 anchors",
    describe: ssd512,
  },
  lesson9: {
    summary: "fast.ai's lesson 9: ResNet34, 189 anchors, focal loss",
    describe: lesson9,
  },
  'lesson9-simple': {
    summary: "the lesson's first model: 16 anchors",
    describe: lesson9Simple,
  },
} as const satisfies Record<string, Preset>

/** The name of a preset. */
export type PresetName = keyof typeof PRESETS

/** All names. */
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[]

/** What is trained unless told otherwise. */
export const DEFAULT_PRESET = 'tiny' satisfies PresetName

/** The description of a preset. @param sizes of the training pictures, in pixels; may be empty */
export function describePreset(
  name: PresetName,
  classes: readonly string[],
  sizes: readonly Size[] = [],
): ModelConfig {
  const preset: Preset = PRESETS[name]
  return preset.describe(classes, sizes)
}
