/** @file `singleshot train`. */

import { AUGMENTATIONS } from '../augment/options.ts'
import { EXIT } from '../error/codes.ts'
import { type TrainRequest, train } from '../node/train.ts'
import type { StepReport } from '../train/report.ts'
import type { Command, Invocation } from './command.ts'
import { ENGINE_OPTIONS, engineOptions, readSize } from './engine-options.ts'
import { createProgress, formatDuration, say, writeData, writeJsonLine } from './terminal.ts'

/** Trains a detector. */
export const trainCommand: Command = {
  name: 'train',
  summary:
    'Trains a detector on a folder of labelled pictures (Pascal VOC) and leaves a run folder.',
  usage: '--data DIR --out RUN [--epochs N | --minutes N]',
  example: 'singleshot train --data cells --out runs/cells --minutes 5',
  options: {
    data: {
      type: 'text',
      value: 'DIR',
      text: 'labelled pictures: a VOC folder, or XML files beside the pictures',
    },
    out: {
      type: 'text',
      value: 'RUN',
      required: true,
      text: 'run folder to make: models, metrics, curves',
    },
    model: {
      type: 'text',
      value: 'NAME',
      choices: ['tiny'],
      standard: 'tiny',
      text: 'network to train',
    },
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
      standard: '100',
      text: 'passes over the data; the same seed gives the same run',
    },
    minutes: { type: 'number', value: 'N', above: 0, text: 'train for so long instead' },
    batch: { type: 'count', value: 'N', least: 1, standard: '8', text: 'pictures a step' },
    seed: { type: 'count', value: 'N', standard: '1', text: 'names every random choice' },
    input: {
      type: 'size',
      value: 'WxH',
      standard: 'from the pictures',
      text: "the network's input in pixels",
    },
    'learning-rate': { type: 'number', value: 'X', above: 0, text: 'largest step along the slope' },
    augment: {
      type: 'text',
      value: 'NAME',
      choices: Object.keys(AUGMENTATIONS),
      standard: 'mild',
      text: "how pictures are varied; ssd is the paper's, for long runs",
    },
    'flip-vertical': { type: 'flag', text: 'also turn pictures upside down (cells, aerial views)' },
    weights: { type: 'text', value: 'MODEL', text: 'start from a trained model' },
    resume: { type: 'flag', text: 'go on with the run in --out' },
    ...ENGINE_OPTIONS,
  },
  run: runTrain,
}

async function runTrain({ options, signal }: Invocation): Promise<number> {
  const json = options.json === true
  const progress = createProgress()
  const onStep = json
    ? epochLines()
    : (report: StepReport) => progress.update(report.progress, describeStep(report))
  const result = await train({
    ...requestOf(options),
    signal,
    onStep,
    onProblem: (problem) => say(`left out: ${problem.message}`),
  })
  progress.done()
  const { run, stopped, seconds, epochs, mAP50 } = result
  if (json) writeJsonLine({ done: !stopped, ...result })
  else writeData(run)
  const score = mAP50 === null ? '' : `, validation mAP50 ${(100 * mAP50).toFixed(1)}`
  say(
    `${stopped ? 'Stopped and saved' : 'Trained'}: ${epochs.toFixed(1)} epochs in ${formatDuration(seconds)}${score}.`,
  )
  say(
    stopped
      ? `Go on with: singleshot train --out ${run} --resume`
      : `Next: singleshot eval --model ${run} --data DIR --split test`,
  )
  return stopped ? EXIT.interrupted : EXIT.ok
}

function requestOf(options: Invocation['options']): TrainRequest {
  const settings = Object.fromEntries(
    Object.entries({
      batch: options.batch,
      seed: options.seed,
      learningRate: options['learning-rate'],
    }).filter(([, value]) => value !== undefined),
  )
  const augmentation =
    AUGMENTATIONS[(options.augment as keyof typeof AUGMENTATIONS | undefined) ?? 'mild']
  const flip = { ...augmentation.flip, vertical: 0.5 }
  return {
    data: (options.data as string | undefined) ?? '',
    out: options.out as string,
    split: options.split as string | undefined,
    validate: options.validate as string | undefined,
    epochs: options.epochs as number | undefined,
    minutes: options.minutes as number | undefined,
    input: options.input === undefined ? undefined : readSize(options.input as string),
    weights: options.weights as string | undefined,
    resume: options.resume === true,
    settings,
    augment: options['flip-vertical'] === true ? { ...augmentation, flip } : augmentation,
    ...engineOptions(options),
  }
}

function describeStep({ progress, seconds, epoch, classLoss, offsetLoss }: StepReport): string {
  const left = progress > 0 ? formatDuration((seconds / progress) * (1 - progress)) : '?'
  return `epoch ${epoch.toFixed(1)}  class loss ${classLoss.toFixed(2)}  offset loss ${offsetLoss.toFixed(2)}  ${left} left`
}

/** For programs: one JSON line for each pass over the data. */
function epochLines(): (report: StepReport) => void {
  let epoch = 0
  return (report) => {
    if (Math.floor(report.epoch) === epoch && report.progress < 1) return
    epoch = Math.floor(report.epoch)
    writeJsonLine(report)
  }
}
