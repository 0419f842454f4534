/**
 * @file A detector whose answers are written by hand: a small grid of anchors, and for a few of them what they say and
 * where they put their box. For tests, and for whoever wants to see what a threshold does without a network.
 *
 * Shapes: A anchors, K classes with background.
 */

import { generateAnchors } from '../anchor/anchors.ts'
import { anchorsOf, featureMapsOf } from '../anchor/model-anchors.ts'
import { packCorners, type Size } from '../box/box.ts'
import { toCentreSizes } from '../box/convert.ts'
import { disposable } from '../call/disposable.ts'
import { encoder } from '../coder/coders.ts'
import type { ModelConfig } from '../config/model.ts'
import { tinyModel } from '../config/tiny.ts'
import type { Program } from '../engine/engine.ts'
import { classLossOf } from '../loss/class/class-losses.ts'
import type { Four, Trace } from './trace.ts'
import { type TraceOptions, traceAnswers } from './trace-image.ts'
import type { Seen, Tracer } from './tracer.ts'
import { boxOf } from './words.ts'

/** What one anchor says. */
export interface HandMadeAnswer {
  readonly anchor: number
  /** [K - 1]: probability of each class; what is left is background's. */
  readonly chances: readonly number[]
  /** The box it means, pixels of the network's input; without it, its own place. */
  readonly box?: Four
}

/** A picture that was looked at by hand. */
export interface HandMade extends TraceOptions {
  readonly config: ModelConfig
  readonly answers: readonly HandMadeAnswer[]
  /** The picture. */
  readonly picture: Size
  /** Without it every loss is 0. */
  readonly loss?: Program
}

/** Cats and dogs on an input of 80 x 40 with one grid of 4 x 2 cells, one square anchor of 20 pixels in each. */
export function handMadeModel(changes: Partial<ModelConfig> = {}): ModelConfig {
  return {
    ...tinyModel(['cat', 'dog'], { width: 80, height: 40 }),
    featureMaps: [{ stride: 20, sizes: [20], aspectRatios: [1] }],
    ...changes,
  }
}

/** The trace of it. Anchors that say nothing are sure of background. */
export function traceByHand(hand: HandMade): Promise<Trace> {
  const { config, answers, picture, loss = silentLoss(config), ...options } = hand
  const featureMaps = featureMapsOf(config)
  const anchors = generateAnchors(featureMaps)
  const close = () => loss.close()
  const tracer: Tracer = disposable({ config, anchors, featureMaps, network: loss, loss, close })
  return traceAnswers(tracer, picture, handMadeSeen(config, answers), options)
}

/** The answers as a network would give them. */
export function handMadeSeen(config: ModelConfig, answers: readonly HandMadeAnswer[]): Seen {
  const anchors = anchorsOf(config)
  const columns = config.classes.length + 1
  const probabilities = Float32Array.from({ length: anchors.count * columns }, (_, i) =>
    i % columns === 0 ? 1 : 0,
  )
  const offsets = new Float32Array(anchors.count * 4)
  const { logit } = classLossOf(config.loss.classLoss)
  const encode = encoder(config.boxCoder, anchors, offsets)
  for (const { anchor, chances, box } of answers) {
    const background = 1 - chances.reduce((sum, chance) => sum + chance, 0)
    probabilities.set([Math.max(0, background), ...chances], anchor * columns)
    if (box !== undefined) encode(toCentreSizes(packCorners([boxOf(box)])), 0, anchor)
  }
  return {
    probabilities,
    offsets,
    logits: probabilities.map((chance) => logit(bounded(chance))),
    activations: featureMapsOf(config).map(
      ({ gridWidth, gridHeight }) => new Float32Array(gridWidth * gridHeight),
    ),
    input: new Float32Array(3 * config.input.width * config.input.height),
  }
}

/** Keeps a logit finite where a chance is 0 or 1. */
const LEAST_CHANCE = 1e-6
const bounded = (chance: number) => Math.min(1 - LEAST_CHANCE, Math.max(LEAST_CHANCE, chance))

/** A loss that blames nobody: the story can be told without an engine. */
function silentLoss(config: ModelConfig): Program {
  const { count } = anchorsOf(config)
  const zeros = (length: number) => new Float32Array(length)
  const sums = ['loss', 'classLoss', 'offsetLoss'].map((name) => [name, zeros(1)] as const)
  const shares = ['classError', 'offsetError', 'classShare', 'offsetShare'].map(
    (name) => [name, zeros(count)] as const,
  )
  const outputs = {
    ...Object.fromEntries([...sums, ...shares]),
    contributing: zeros(count).fill(1),
    logitGradient: zeros(count * (config.classes.length + 1)),
    offsetGradient: zeros(count * 4),
  }
  return {
    run: async () => ({ outputs, integers: {}, returned: {}, milliseconds: 0 }),
    readState: async () => new Map(),
    writeState: async () => undefined,
    close: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  }
}
