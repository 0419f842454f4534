/** @file `singleshot train`. */
import { AUGMENTATIONS, type AugmentOptions, FLIPS } from '../augment/options.ts'
import { MOST_EPOCHS } from '../check/limits.ts'
import type { PresetName } from '../config/presets.ts'
import { EXIT } from '../error/exit-codes.ts'
import type { StartRequest, TrainRequest, TrainResult } from '../node/run/train.ts'
import { DEFAULT_OPTIMISER, OPTIMISER_NAMES, OPTIMISERS } from '../optimiser/optimisers.ts'
import { type Command, type Invocation, usageError } from './command.ts'
import { createDataTalk, STRICT_OPTION } from './data-talk.ts'
import {
  BATCH_OPTION,
  ENGINE_OPTIONS,
  engineOptions,
  INPUT_OPTION,
  MINUTES_OPTION,
  NETWORK_OPTION,
  RULES_OPTION,
  readSize,
  SEED_OPTION,
} from './shared-options.ts'
import { createProgress, formatDuration, say, writeJsonLine, writeRow } from './terminal.ts'
import { tellEvents } from './training-talk.ts'

/** Trains a detector. */
export const trainCommand: Command = {
  name: 'train',
  summary:
    'Trains a detector on a folder of labelled pictures (Pascal VOC) and leaves a run folder.',
  usage: '--data DIR --out RUN [--epochs N | --minutes N]',
  saves: true,
  example: 'singleshot train --data cells --out runs/cells --minutes 5',
  options: {
    data: {
      type: 'text',
      value: 'DIR',
      text: 'labelled pictures: a VOC folder, or XML files beside the pictures; with --resume: where they are now',
    },
    out: {
      type: 'text',
      value: 'RUN',
      required: true,
      text: 'run folder to make: models, metrics, curves',
    },
    model: NETWORK_OPTION,
    split: {
      type: 'text',
      value: 'NAME',
      standard: 'trainval, else train, else all',
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
      most: MOST_EPOCHS,
      standard: '100',
      text: 'passes over the data; the same seed gives the same run',
    },
    minutes: { ...MINUTES_OPTION, text: 'train for so long instead' },
    batch: BATCH_OPTION,
    seed: SEED_OPTION,
    input: { ...INPUT_OPTION, standard: 'from the pictures' },
    'learning-rate': {
      type: 'number',
      value: 'X',
      above: 0,
      most: 10,
      standard: OPTIMISERS.map(({ name, defaults }) => `${name} ${defaults.learningRate}`).join(
        '; ',
      ),
      text: 'largest step along the slope',
    },
    optimiser: {
      type: 'text',
      choices: OPTIMISER_NAMES,
      standard: DEFAULT_OPTIMISER.name,
      text: `how slopes become steps: ${OPTIMISERS.map(({ name, words }) => `${name} ${words}`).join(', ')}`,
    },
    augment: {
      type: 'text',
      choices: Object.keys(AUGMENTATIONS),
      standard: 'mild',
      text: "how pictures are varied; ssd is the paper's, for long runs",
    },
    flip: {
      type: 'text',
      choices: Object.keys(FLIPS),
      standard: 'horizontal',
      text: 'mirror half the pictures; none for writing',
    },
    'zoom-in': {
      type: 'number',
      value: 'X',
      least: 1,
      most: 4,
      standard: '1.25',
      text: 'how far the mild variation zooms in; 1 cuts no object at an edge',
    },
    weights: {
      type: 'text',
      value: 'MODEL',
      text: 'start from a trained or imported model; with other classes, all but its class head is kept',
    },
    'backbone-rate': {
      type: 'number',
      value: 'X',
      least: 0,
      most: 10,
      standard: '1',
      text: "what the backbone's learning rate is multiplied by; 0 freezes it",
    },
    config: {
      type: 'text',
      value: 'FILE',
      text: "JSON with numbers that differ from the network's own (docs/config.schema.json)",
    },
    snapshots: {
      type: 'count',
      value: 'N',
      least: 0,
      most: 100,
      standard: '8; a large network 0',
      text: 'models to keep along the way, for `explain`',
    },
    resume: { type: 'flag', text: 'go on with the run in --out, with the settings it began with' },
    strict: STRICT_OPTION,
    rules: RULES_OPTION,
    ...ENGINE_OPTIONS,
  },
  run: runTrain,
}

/** What a resumed run may be told; all else is as the run began. */
const RESUME_OPTIONS = [
  'out',
  'resume',
  'data',
  'epochs',
  'minutes',
  'strict',
  'json',
  'rules',
  ...Object.keys(ENGINE_OPTIONS),
]

async function runTrain({ options, signal }: Invocation): Promise<number> {
  checkTogether(options)
  const { train } = await import('../node/run/train.ts')
  const json = options.json === true
  const progress = createProgress()
  const talk = createDataTalk(options.strict === true, say)
  try {
    const { readRules } = await import('./read-rules.ts')
    const result = await train({
      ...requestOf(options),
      rules: await readRules(options),
      signal,
      onEvent: tellEvents({ json, talk, progress }),
    })
    progress.done()
    return tellResult(result, options)
  } finally {
    progress.done()
  }
}

/** Options that make no sense without, or with, one another. @throws SingleshotError E_USAGE */
function checkTogether(options: Invocation['options']): void {
  if (options.epochs !== undefined && options.minutes !== undefined)
    throw usageError(trainCommand, 'expected --epochs or --minutes, got both')
  if (options.resume !== true && options.data === undefined)
    throw usageError(trainCommand, 'expected the option --data DIR (or --resume)')
  if (options.resume !== true) return
  const given = Object.keys(options).filter((name) => options[name] !== undefined)
  const idle = given.filter((name) => !RESUME_OPTIONS.includes(name)).map((name) => `--${name}`)
  if (idle.length > 0) say(`${idle.join(', ')}: not looked at; the run goes on as it began.`)
}

function requestOf(options: Invocation['options']): TrainRequest {
  const both = {
    epochs: options.epochs as number | undefined,
    minutes: options.minutes as number | undefined,
    strict: options.strict === true,
    ...engineOptions(options),
  }
  const data = options.data as string | undefined
  return options.resume === true
    ? { ...both, resume: options.out as string, data }
    : { ...both, ...startOf(options), data: data! } // checkTogether has asked for it.
}

/** What is decided when a run begins. */
function startOf(options: Invocation['options']): Omit<StartRequest, 'data'> {
  const backboneRate = options['backbone-rate'] as number | undefined
  const settings = Object.fromEntries(
    Object.entries({
      batch: options.batch,
      seed: options.seed,
      learningRate: options['learning-rate'],
      optimiser: options.optimiser,
      rates: backboneRate === undefined ? undefined : { backbone: backboneRate },
    }).filter(([, value]) => value !== undefined),
  )
  return {
    model: options.model as PresetName | undefined,
    out: options.out as string,
    split: options.split as string | undefined,
    validate: options.validate as string | undefined,
    input: options.input === undefined ? undefined : readSize(options.input as string),
    weights: options.weights as string | undefined,
    config: options.config as string | undefined,
    snapshots: options.snapshots as number | undefined,
    settings,
    augment: augmentationOf(options),
  }
}

/** The set that was named, with the mirroring and zooming that were asked for. */
function augmentationOf(options: Invocation['options']): AugmentOptions {
  const named = AUGMENTATIONS[(options.augment as keyof typeof AUGMENTATIONS | undefined) ?? 'mild']
  const flip = options.flip === undefined ? named.flip : FLIPS[options.flip as keyof typeof FLIPS]
  const [low, high] = named.jitter.zoom
  const zoomIn = (options['zoom-in'] as number | undefined) ?? high
  return { ...named, flip, jitter: { ...named.jitter, zoom: [low, zoomIn] } }
}

function tellResult(result: TrainResult, { json, data }: Invocation['options']): number {
  const { run, stopped, seconds, epochs, mAP50, judgeOn } = result
  if (json === true) writeJsonLine({ done: !stopped, ...result })
  else writeRow(run)
  const score = mAP50 === null ? '' : `, validation mAP50 ${(100 * mAP50).toFixed(1)}`
  const what = stopped ? 'Stopped and saved' : 'Trained'
  say(`${what}: ${epochs.toFixed(1)} epochs in ${formatDuration(seconds)}${score}.`)
  if (stopped) say(`Go on with: singleshot train --out ${run} --resume`)
  else if (judgeOn !== null)
    say(`Next: singleshot eval --model ${run} --data ${data ?? result.data} --split ${judgeOn}`)
  return stopped ? EXIT.interrupted : EXIT.ok
}
