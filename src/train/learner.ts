/**
 * @file What learns from batches: the step as one graph, or, where several batches make one step, as two
 * (split-step.ts). Whoever trains hands over batch after batch and need not know which.
 */
import type { ModelConfig } from '../config/model.ts'
import type { TrainConfig } from '../config/train.ts'
import type { Engine, ProgramSource, StateSlot } from '../engine/engine.ts'
import type { Scope } from '../network/scope.ts'
import type { Batch } from './batches.ts'
import type { Rates } from './schedule.ts'
import { buildSplitStep } from './split-step.ts'
import type { TrainingState } from './state.ts'
import {
  buildStep,
  feedsOf,
  ratesAsFeeds,
  runStep,
  type StepOptions,
  type StepResult,
  scalarFeed,
  stepResult,
} from './step.ts'

/** A network that learns. */
export interface Learner {
  /** Batches that make one step. */
  readonly batches: number
  /** What a checkpoint holds. */
  readonly slots: readonly StateSlot[]
  /** Knows how to fill the first state. */
  readonly scope: Scope
  /**
   * Learns from a batch; after the last one of a step the weights have moved. The batch's buffers are handed over.
   * @param part which batch of its step, from 0
   * @returns its losses; the gradient's length is 0 before the last batch of a step, when it is not known yet
   * @throws SingleshotError as {@link Program.run}
   */
  learn(batch: Batch, rates: Rates, part: number): Promise<StepResult>
  /** A copy of the state. @throws SingleshotError E_CLOSED, E_ENGINE */
  readState(): Promise<TrainingState>
  /** Sets the state. @throws SingleshotError E_SHAPE, E_CLOSED, E_ENGINE */
  writeState(state: TrainingState): Promise<void>
  /** Frees what was compiled. */
  close(): Promise<void>
}

/**
 * Compiles the network of a configuration so that it can learn.
 * @param check looks at what the state is made of before anything is compiled
 * @throws SingleshotError E_CONFIG when every part of the network is frozen; E_DEVICE
 */
export async function createLearner(
  engine: Engine,
  config: ModelConfig,
  { ignoring, ...train }: TrainConfig & Pick<StepOptions, 'ignoring'>,
  check: (slots: readonly StateSlot[]) => void,
): Promise<Learner> {
  const { target, channelBlock } = await engine.capabilities()
  const options = { ...train, ignoring, target, channelBlock: await channelBlock() }
  return train.accumulate === 1
    ? wholeLearner(engine, config, options, check)
    : splitLearner(engine, config, { ...options, batches: train.accumulate }, check)
}

type Check = (slots: readonly StateSlot[]) => void

async function wholeLearner(
  engine: Engine,
  config: ModelConfig,
  options: StepOptions,
  check: Check,
): Promise<Learner> {
  const source = buildStep(config, options)
  check(source.state)
  const program = await engine.compile(source)
  return {
    batches: 1,
    slots: source.state,
    scope: source.scope,
    learn: (batch, rates) => runStep(program, batch, rates),
    readState: async () => (await program.readState()) as TrainingState,
    writeState: (state) => program.writeState(state),
    close: () => program.close(),
  }
}

async function splitLearner(
  engine: Engine,
  config: ModelConfig,
  { batches, ...options }: StepOptions & { readonly batches: number },
  check: Check,
): Promise<Learner> {
  const { state: slots, scope, ...sources } = buildSplitStep(config, options)
  check(slots)
  const update = await engine.compile(sources.update)
  const shared: ProgramSource = { ...sources.gradients, shares: update }
  const gradients = await engine.compile(shared).catch(async (error) => {
    await update.close()
    throw error
  })
  const share = 1 / batches
  return {
    batches,
    slots,
    scope,
    learn: async (batch, rates, part) => {
      const keep = scalarFeed(part === 0 ? 0 : 1)
      const found = await gradients.run({ ...feedsOf(batch), keep })
      if (part < batches - 1) return stepResult(found, batch, 0)
      const moved = await update.run({ ...ratesAsFeeds(rates), share: scalarFeed(share) })
      const milliseconds = found.milliseconds + moved.milliseconds
      return stepResult({ ...found, milliseconds }, batch, moved.outputs.gradientNorm![0]!)
    },
    readState: async () => {
      const state = await update.readState()
      return new Map(slots.map(({ name }) => [name, state.get(name)!])) as TrainingState
    },
    writeState: (state) => update.writeState(state),
    close: async () => {
      await Promise.all([gradients.close(), update.close()])
    },
  }
}
