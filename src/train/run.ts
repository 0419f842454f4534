/** @file The bookkeeping of a run: how far it is, what it has seen, what it tells. The loop itself is in loop.ts. */
import { anchorsOf } from '../anchor/model-anchors.ts'
import type { AugmentOptions } from '../augment/options.ts'
import type { ModelConfig } from '../config/model.ts'
import type { TrainConfig } from '../config/train.ts'
import type { Example } from '../dataset/dataset.ts'
import type { Engine, Program, StateSlot } from '../engine/engine.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { targetOf } from '../graph/lowering.ts'
import type { Floats } from '../graph/tensor.ts'
import type { Batch, BatchSource, PictureSource } from './batches.ts'
import {
  type EpochReport,
  type Losses,
  meanLosses,
  type RunSummary,
  type StepReport,
} from './report.ts'
import { averageDecayAt, type Budget, learningRateAt, progressOf, type Rates } from './schedule.ts'
import { firstState, shapesOf, type TrainingState } from './state.ts'
import { buildStep } from './step.ts'

/** What a run is made of. */
export interface RunOptions {
  readonly engine: Engine
  readonly config: ModelConfig
  readonly train: TrainConfig
  readonly augment: AugmentOptions
  readonly budget: Budget
  readonly examples: readonly Example[]
  readonly pictures: PictureSource
  /** Where a former session of this run stopped. */
  readonly resume?:
    | { readonly state: TrainingState; readonly step: number; readonly seconds: number }
    | undefined
  /** Weights to start from; those that do not fit are passed over. */
  readonly weights?: ReadonlyMap<string, Floats> | undefined
  /** Ends the run after the current step. */
  readonly signal?: AbortSignal | undefined
  /** Called after every step. */
  readonly onStep?: ((report: StepReport) => void) | undefined
  /** Called after every epoch and at the end; training waits for it. */
  readonly onEpoch?: ((report: EpochReport) => Promise<void>) | undefined
}

/** A run under way. */
export class Run {
  readonly program: Program
  readonly batches: BatchSource
  readonly #options: RunOptions
  readonly #slots: readonly StateSlot[]
  readonly #stepsPerEpoch: number
  readonly #began: number
  #seen: Losses[] = []
  #totals = { stepMilliseconds: 0, engineMilliseconds: 0 }
  step: number

  private constructor(
    options: RunOptions,
    program: Program,
    slots: readonly StateSlot[],
    began: number,
  ) {
    const { config, train, examples, resume } = options
    this.program = program
    this.#slots = slots
    this.#options = options
    this.batches = { ...options, anchors: anchorsOf(config), batch: train.batch, seed: train.seed }
    this.#stepsPerEpoch = examples.length / train.batch
    this.#began = began - 1000 * (resume?.seconds ?? 0)
    this.step = resume?.step ?? 0
  }

  /** Builds the step, compiles it and puts the first state in place. */
  static async start(options: RunOptions): Promise<Run> {
    // Building and compiling count as time spent: a run of five minutes ends after five minutes.
    const began = performance.now()
    const { engine, config, train, examples, resume, weights } = options
    if (examples.length === 0)
      throw new SingleshotError('E_NO_IMAGES', {
        where: 'train',
        rule: 'expected at least one training image',
        got: 0,
      })
    const source = buildStep(config, {
      ...train,
      target: targetOf(engine.device),
      channelBlock: await engine.channelBlock(),
    })
    const program = await engine.compile(source)
    await program.writeState(
      resume?.state ?? firstState(source.scope, source.state, train.seed, weights),
    )
    return new Run(options, program, source.state, began)
  }

  /** Seconds since the beginning, former sessions included. */
  get seconds(): number {
    return (performance.now() - this.#began) / 1000
  }

  /** Share of the run done, 0..1. */
  get progress(): number {
    return progressOf(this.#options.budget, this.#stepsPerEpoch, {
      step: this.step,
      seconds: this.seconds,
    })
  }

  get stopped(): boolean {
    return this.#options.signal?.aborted ?? false
  }

  get finished(): boolean {
    return this.stopped || this.progress >= 1
  }

  /** Passes over the data done, with fraction. */
  get epoch(): number {
    return this.step / this.#stepsPerEpoch
  }

  /** True when the last step completed a pass over the data. */
  get epochEnded(): boolean {
    return Math.floor(this.epoch) > Math.floor((this.step - 1) / this.#stepsPerEpoch)
  }

  /** Learning rate and averaging of the next step. */
  get rates(): Rates {
    const { train } = this.#options
    return {
      learningRate: learningRateAt(train, this.progress, this.step),
      averageDecay: averageDecayAt(train, this.step),
    }
  }

  /** Notes a step that is done. @throws SingleshotError E_NOT_FINITE */
  note(
    losses: Losses,
    batch: Batch,
    milliseconds: { readonly step: number; readonly engine: number },
  ) {
    checkFinite(losses, batch, this.step)
    this.step++
    this.#seen.push(losses)
    this.#totals.stepMilliseconds += milliseconds.step
    this.#totals.engineMilliseconds += milliseconds.engine
    this.#options.onStep?.({ ...losses, ...this.#standing() })
  }

  /** Tells about the steps since the last report. @param finished whether it is the last report */
  async reportEpoch(finished: boolean) {
    const losses = meanLosses(this.#seen)
    this.#seen = []
    await this.#options.onEpoch?.({
      ...this.#standing(),
      losses,
      finished,
      stopped: this.stopped,
      readState: async () => (await this.program.readState()) as TrainingState,
      shapes: shapesOf(this.#slots),
    })
  }

  /** What the run leaves. */
  summary(): RunSummary {
    return {
      steps: this.step,
      epochs: this.epoch,
      seconds: this.seconds,
      stopped: this.stopped,
      ...this.#totals,
    }
  }

  #standing() {
    const { step, epoch, progress, seconds, rates } = this
    return { step, epoch, progress, seconds, learningRate: rates.learningRate, ...this.#totals }
  }
}

/** A loss that is no number spreads to every weight at once; stop, and say where it came from. */
function checkFinite(losses: Losses, batch: Batch, step: number) {
  for (const [term, value] of Object.entries(losses))
    if (!Number.isFinite(value))
      throw new SingleshotError('E_NOT_FINITE', {
        where: 'train',
        rule: `expected a finite ${term} at step ${step + 1}`,
        got: value,
        object: `images ${batch.ids.join(', ')}`,
      })
}
