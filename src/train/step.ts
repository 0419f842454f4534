/**
 * @file ★ The learning lane: one training step, a line for each stage. What has no gradient was done before
 * (pictures augmented, objects matched to anchors); what has one is this graph, built once, run each step.
 *
 *     images ──one pass──▶ logits + offsets ──against targets──▶ loss ──backwards──▶ gradients ──▶ weights
 */

import { anchorsOf } from '../anchor/model-anchors.ts'
import { checkModel } from '../config/check-model.ts'
import type { ModelConfig } from '../config/model.ts'
import { rateOf } from '../config/train.ts'
import type { Feed, Program, ProgramSource, RunResult, StateSlot } from '../engine/engine.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { differentiate } from '../graph/differentiate.ts'
import { type OnnxOptions, toOnnx } from '../graph/onnx.ts'
import { elementCount, input, type Tensor } from '../graph/tensor.ts'
import { multiboxLoss } from '../loss/multibox.ts'
import { Scope } from '../network/scope.ts'
import { ssd } from '../network/ssd.ts'
import type { Batch } from './batches.ts'
import type { Losses } from './losses.ts'
import { type Learning, type OptimiserConfig, updateWeights } from './optimiser.ts'
import type { Rates } from './schedule.ts'

/** What a step is built for. */
export interface StepOptions extends OptimiserConfig, Pick<OnnxOptions, 'target' | 'channelBlock'> {
  /** Images a step. */
  readonly batch: number
  /** Whether targets may ask nothing of some anchors (crowds). Default false. */
  readonly ignoring?: boolean | undefined
}

/** A program with state, and the scope that knows how to fill it. */
export interface TrainingStep extends ProgramSource {
  readonly state: readonly StateSlot[]
  readonly scope: Scope
}

/**
 * The training step as a program for the engine: its state is the weights, their velocity and average.
 * @throws SingleshotError E_CONFIG when every part of the network is frozen
 */
export function buildStep(config: ModelConfig, options: StepOptions): TrainingStep {
  const { learning, losses, scope } = buildLearning(config, options)
  const update = updateWeights(learning, options)
  const { outputs, slots, gradientNorm } = update
  const bytes = toOnnx({ ...losses, gradientNorm, ...outputs }, options)
  return { bytes, state: slots, scope }
}

/** A step up to its gradients. */
export interface LearningGraph {
  readonly scope: Scope
  readonly learning: Learning
  /** Scalars, by the name under which they are told. */
  readonly losses: Readonly<Record<'classLoss' | 'offsetLoss' | 'positives', Tensor>>
}

/**
 * The graph of a step up to its gradients: look at the images, compare with the targets, go backwards.
 * @throws SingleshotError E_CONFIG when every part of the network is frozen
 */
export function buildLearning(
  config: ModelConfig,
  { batch, ignoring, rates = {} }: Pick<StepOptions, 'batch' | 'rates' | 'ignoring'>,
): LearningGraph {
  checkModel(config, 'buildStep')
  const isFrozen = (path: string) => rateOf(path, rates) === 0
  const scope = new Scope('train', isFrozen)
  const { width, height } = config.input
  const images = input('images', [batch, 3, height, width])
  const answers = ssd(scope, images, config) // single shot: what and where, for every anchor at once
  const { parameters, frozen } = partsOf(scope, isFrozen)
  const anchors = answers.logits.shape.slice(0, 2)
  const targets = {
    classTargets: input('classTargets', anchors, 'int32'), // what matching decided
    offsetTargets: input('offsetTargets', [...anchors, 4]),
    ignoring,
  }
  const { loss, classLoss, offsetLoss, positives } = multiboxLoss(answers, targets, config.loss, {
    ...config,
    anchors: anchorsOf(config),
  })
  const weights = parameters.map(({ tensor }) => tensor)
  const gradients = differentiate(loss, weights)
  const learning = { parameters, gradients, statistics: scope.statistics, frozen }
  return { scope, learning, losses: { classLoss, offsetLoss, positives } }
}

/** Weights that learn, and everything that stays: frozen weights and the statistics of frozen norms. */
function partsOf(scope: Scope, isFrozen: (name: string) => boolean) {
  const parameters = scope.parameters.filter(({ name }) => !isFrozen(name))
  const frozen = [...scope.parameters, ...scope.statistics].filter(({ name }) => isFrozen(name))
  if (parameters.length === 0)
    throw new SingleshotError('E_CONFIG', {
      where: 'train',
      rule: 'expected a rate above 0 for at least one part of the network',
      got: 'rates that freeze every weight',
    })
  return { parameters, frozen }
}

/** What a step leaves beside new weights. */
export interface StepResult {
  readonly losses: Losses
  readonly engineMilliseconds: number
  /** The batch's buffers, to be filled again. */
  readonly returned: RunResult['returned']
}

/** Runs one step: the weights in the program's state move a little. The batch's buffers are handed over. */
export async function runStep(program: Program, batch: Batch, rates: Rates): Promise<StepResult> {
  const result = await program.run({ ...feedsOf(batch), ...ratesAsFeeds(rates) })
  const gradientNorm = result.outputs.gradientNorm![0]!
  return stepResult(result, batch, gradientNorm)
}

/** What a graph that learns is fed of a batch. */
export function feedsOf({ images, classTargets, offsetTargets, shapes }: Batch) {
  return {
    images: { data: images, shape: shapes.images },
    classTargets: { data: classTargets, shape: shapes.classTargets },
    offsetTargets: { data: offsetTargets, shape: shapes.offsetTargets },
  } satisfies Record<string, Feed>
}

/** What a graph that moves weights is fed. */
export function ratesAsFeeds({ learningRate, averageDecay }: Rates) {
  return { learningRate: scalarFeed(learningRate), averageDecay: scalarFeed(averageDecay) }
}

/** A number as it is fed. */
export function scalarFeed(value: number): Feed {
  return { data: Float32Array.of(value), shape: [] }
}

/** What a run of a graph that learns tells. @param gradientNorm over all weights, before clipping */
export function stepResult(
  { outputs, returned, milliseconds }: RunResult,
  { shapes }: Batch,
  gradientNorm: number,
): StepResult {
  const losses = {
    classLoss: outputs.classLoss![0]!,
    offsetLoss: outputs.offsetLoss![0]!,
    positives: outputs.positives![0]! / shapes.images[0]!,
    gradientNorm,
  }
  return { losses, engineMilliseconds: milliseconds, returned }
}

/** Weights a network has, in numbers. */
export function weightCount(scope: Scope): number {
  return scope.parameters.reduce((sum, { tensor }) => sum + elementCount(tensor.shape), 0)
}
