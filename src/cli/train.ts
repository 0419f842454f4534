/** @file `singleshot train`. */
import { AUGMENTATIONS, type AugmentOptions, FLIPS } from '../augment/options.ts'
import { countOf } from '../error/count-of.ts'
import { EXIT } from '../error/exit-codes.ts'
import type { StartRequest, TrainRequest, TrainResult } from '../node/run/train.ts'
import { type Command, type Invocation, usageError } from './command.ts'
import { createDataTalk } from './data-talk.ts'
import type { Values } from './option.ts'
import { ENGINE_OPTIONS, engineOptions } from './shared-options.ts'
import { createProgress, formatDuration, say, writeJsonLine, writeRow } from './terminal.ts'
import { TRAIN_OPTIONS, type TrainCommandOptions } from './train-options.ts'
import { tellEvents } from './training-talk.ts'

/** Trains a detector. */
export const trainCommand: Command<TrainCommandOptions> = {
  name: 'train',
  summary: 'Trains a detector on a folder of labelled pictures and leaves a run folder.',
  usage: '--data DIR --out RUN [--epochs N | --minutes N]',
  saves: true,
  example: 'singleshot train --data cells --out runs/cells --minutes 5',
  options: TRAIN_OPTIONS,
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

async function runTrain(invocation: Invocation<TrainCommandOptions>): Promise<number> {
  checkTogether(invocation)
  const { options, signal } = invocation
  if (options.preview !== undefined) return preview(options.preview, invocation)
  const { train } = await import('../node/run/train.ts')
  const json = options.json
  const progress = createProgress()
  const talk = createDataTalk(options.strict, say)
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

/** Draws what the network will see. */
async function preview(
  file: string,
  { options, signal }: Invocation<TrainCommandOptions>,
): Promise<number> {
  const { previewTraining } = await import('../node/run/preview.ts')
  const { readRules } = await import('./read-rules.ts')
  const rules = await readRules(options)
  const result = await previewTraining({
    ...startOf(options),
    data: options.data!,
    file,
    rules,
    signal,
  })
  if (options.json) writeJsonLine(result)
  else writeRow(result.file)
  const anchors = result.pictures.reduce((sum, picture) => sum + picture.anchors, 0)
  say(
    `${countOf(result.pictures.length, 'picture')} as the network will see them; ${countOf(anchors, 'anchor')} responsible for what is drawn.`,
  )
  return EXIT.ok
}

/** Options that make no sense without, or with, one another. @throws SingleshotError E_USAGE */
function checkTogether({
  options,
  given,
}: Pick<Invocation<TrainCommandOptions>, 'options' | 'given'>): void {
  if (options.epochs !== undefined && options.minutes !== undefined)
    throw usageError(trainCommand, 'expected --epochs or --minutes, got both')
  if (options.resume && options.preview !== undefined)
    throw usageError(trainCommand, 'expected --preview without --resume')
  if (options.out === undefined && options.preview === undefined)
    throw usageError(trainCommand, 'expected the option --out RUN')
  if (!options.resume && options.data === undefined)
    throw usageError(trainCommand, 'expected the option --data DIR (or --resume)')
  if (!options.resume) return
  const idle = [...given]
    .filter((name) => !RESUME_OPTIONS.includes(name))
    .map((name) => `--${name}`)
  if (idle.length > 0) say(`${idle.join(', ')}: not looked at; the run goes on as it began.`)
}

function requestOf(options: Values<TrainCommandOptions>): TrainRequest {
  const both = {
    epochs: options.epochs,
    minutes: options.minutes,
    strict: options.strict,
    ...engineOptions(options),
  }
  const { data } = options
  const out = options.out! // checkTogether has asked for it.
  return options.resume
    ? { ...both, resume: out, data }
    : { ...both, ...startOf(options), out, data: data! }
}

/** What is decided when a run begins. */
function startOf(options: Values<TrainCommandOptions>): Omit<StartRequest, 'data' | 'out'> {
  const backboneRate = options['backbone-rate']
  const settings = Object.fromEntries(
    Object.entries({
      batch: options.batch,
      accumulate: options.accumulate,
      seed: options.seed,
      learningRate: options['learning-rate'],
      optimiser: options.optimiser,
      rates: backboneRate === undefined ? undefined : { backbone: backboneRate },
    }).filter(([, value]) => value !== undefined),
  )
  return {
    model: options.model,
    format: options.format,
    unlabelled: options.unlabelled,
    difficult: options.difficult,
    split: options.split,
    validate: options.validate,
    input: options.input,
    weights: options.weights,
    anchors: options.anchors,
    config: options.config,
    snapshots: options.snapshots,
    settings,
    augment: augmentationOf(options),
  }
}

/** The set that was named, with the mirroring, turning and zooming that were asked for. */
function augmentationOf(options: Values<TrainCommandOptions>): AugmentOptions {
  const named = AUGMENTATIONS[options.augment]
  const flip = options.flip === undefined ? named.flip : FLIPS[options.flip]
  const [low, high] = named.jitter.zoom
  const zoomIn = options['zoom-in'] ?? high
  const turn = options.turn ? { probability: 1, degrees: options.turn } : named.turn
  return { ...named, flip, turn, jitter: { ...named.jitter, zoom: [low, zoomIn] } }
}

function tellResult(
  result: TrainResult,
  { json, data }: Invocation<TrainCommandOptions>['options'],
): number {
  const { run, stopped, seconds, epochs, mAP50, judgeOn } = result
  if (json) writeJsonLine({ done: !stopped, ...result })
  else writeRow(run)
  const score = mAP50 === null ? '' : `, validation mAP50 ${(100 * mAP50).toFixed(1)}`
  const what = stopped ? 'Stopped and saved' : 'Trained'
  say(`${what}: ${epochs.toFixed(1)} epochs in ${formatDuration(seconds)}${score}.`)
  if (stopped) say(`Go on with: singleshot train --out ${run} --resume`)
  else if (judgeOn !== null)
    say(`Next: singleshot eval --model ${run} --data ${data ?? result.data} --split ${judgeOn}`)
  return stopped ? EXIT.interrupted : EXIT.ok
}
