/** @file The options of `singleshot train`. */
import { AUGMENTATIONS, FLIPS, LARGEST_TURN, MILD_AUGMENTATION } from '../augment/options.ts'
import { LARGEST_BATCH, MOST_EPOCHS } from '../check/limits.ts'
import { TRAIN_DEFAULTS } from '../config/train-defaults.ts'
import { DIFFICULT_IN_TRAINING } from '../label/difficult.ts'
import { DEFAULT_EPOCHS, DEFAULT_SNAPSHOTS } from '../node/defaults.ts'
import { DEFAULT_OPTIMISER, OPTIMISER_NAMES, OPTIMISERS } from '../optimiser/optimisers.ts'
import { STRICT_OPTION } from './data-talk.ts'
import { namesOf, type Options } from './option.ts'
import {
  BATCH_OPTION,
  ENGINE_OPTIONS,
  FORMAT_OPTION,
  INPUT_OPTION,
  MINUTES_OPTION,
  NETWORK_OPTION,
  RULES_OPTION,
  SEED_OPTION,
  UNLABELLED_OPTION,
} from './shared-options.ts'

/** What a run can be told. */
export const TRAIN_OPTIONS = {
  data: {
    type: 'text',
    value: 'DIR',
    text: 'labelled pictures, in any format of docs/formats.md; with --resume: where they are now',
  },
  format: FORMAT_OPTION,
  unlabelled: UNLABELLED_OPTION,
  difficult: {
    type: 'text',
    choices: DIFFICULT_IN_TRAINING,
    otherwise: 'learn, as in the paper',
    text: 'objects marked difficult: learn from them, or ask nothing there',
  },
  out: {
    type: 'text',
    value: 'RUN',
    text: 'run folder to make: models, metrics, curves (required, but with --preview)',
  },
  model: NETWORK_OPTION,
  split: {
    type: 'text',
    value: 'NAME',
    otherwise: 'trainval, else train, else all',
    text: 'part of the data to train on',
  },
  validate: {
    type: 'text',
    value: 'NAME',
    text: 'part to measure on while training; picks the best weights',
  },
  epochs: {
    type: 'number',
    value: 'N',
    above: 0,
    max: MOST_EPOCHS,
    otherwise: String(DEFAULT_EPOCHS),
    text: 'passes over the data; the same seed gives the same run',
  },
  minutes: { ...MINUTES_OPTION, text: 'training time instead of --epochs' },
  batch: BATCH_OPTION,
  accumulate: {
    type: 'count',
    value: 'N',
    min: 1,
    max: LARGEST_BATCH,
    otherwise: String(TRAIN_DEFAULTS.accumulate),
    text: 'batches per step: their gradients are averaged, in the memory of one',
  },
  seed: SEED_OPTION,
  input: { ...INPUT_OPTION, otherwise: 'from the pictures' },
  'learning-rate': {
    type: 'number',
    value: 'X',
    above: 0,
    max: 10,
    otherwise: OPTIMISERS.map(({ name, defaults }) => `${name} ${defaults.learningRate}`).join(
      '; ',
    ),
    text: 'largest step along the gradient',
  },
  optimiser: {
    type: 'text',
    choices: OPTIMISER_NAMES,
    otherwise: DEFAULT_OPTIMISER.name,
    text: `how the weights are updated: ${OPTIMISERS.map(({ name, words }) => `${name} ${words}`).join(', ')}`,
  },
  augment: {
    type: 'text',
    choices: namesOf(AUGMENTATIONS),
    default: 'mild',
    text: "how pictures are varied; ssd is the paper's, for long runs, ssdlite torchvision's for SSDLite",
  },
  flip: {
    type: 'text',
    choices: namesOf(FLIPS),
    otherwise: 'as --augment has it; mild: horizontal',
    text: 'mirror half the pictures; none for writing',
  },
  turn: {
    type: 'number',
    value: 'DEGREES',
    min: 0,
    max: LARGEST_TURN,
    otherwise: 'nothing is turned',
    text: 'turn pictures by up to this much either way; a label is followed as if its object were round',
  },
  'zoom-in': {
    type: 'number',
    value: 'X',
    min: 1,
    max: 4,
    otherwise: String(MILD_AUGMENTATION.jitter.zoom[1]),
    text: 'how far the mild set zooms in; at 1 no object is cut off at an edge',
  },
  weights: {
    type: 'text',
    value: 'MODEL',
    text: 'start from a trained or imported model; with other classes, all but its class head is kept',
  },
  'backbone-rate': {
    type: 'number',
    value: 'X',
    min: 0,
    max: 10,
    otherwise: 'the same rate',
    text: "what the backbone's learning rate is multiplied by; 0 freezes it",
  },
  anchors: {
    type: 'text',
    choices: ['preset', 'fit'],
    default: 'preset',
    text: "the network's own, or fitted to the objects to learn (see `anchors`)",
  },
  config: {
    type: 'text',
    value: 'FILE',
    text: "JSON with numbers that differ from the network's own (docs/config.schema.json)",
  },
  snapshots: {
    type: 'count',
    value: 'N',
    min: 0,
    max: 100,
    otherwise: `${DEFAULT_SNAPSHOTS}; a large network 0`,
    text: 'models to keep along the way, for `explain`',
  },
  resume: { type: 'flag', text: 'go on with the run in --out, with the settings it began with' },
  preview: {
    type: 'text',
    value: 'FILE.png',
    text: 'draw the first pictures as the network will see them, and train nothing',
  },
  strict: STRICT_OPTION,
  rules: RULES_OPTION,
  ...ENGINE_OPTIONS,
} as const satisfies Options

/** Their type. */
export type TrainCommandOptions = typeof TRAIN_OPTIONS
