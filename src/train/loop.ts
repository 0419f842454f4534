/**
 * @file The training loop: take a batch, run a step, prepare the next batch meanwhile, tell, again.
 *
 * It touches no file and no screen. Whoever calls it is told about every step and epoch, may save the state
 * it is handed, and may stop it.
 */
import type { Batch } from './batches.ts'
import { addLosses, meanLosses, NO_LOSSES } from './losses.ts'
import type { RunSummary } from './report.ts'
import { Run } from './run.ts'
import type { RunOptions } from './run-options.ts'

/**
 * Trains until the budget is used up or the signal is given. A run that is resumed after its end takes no step.
 * @throws SingleshotError as {@link Run.start}; E_NOT_FINITE when the loss is no longer a number; whatever the
 * picture source throws
 */
export async function runTraining(options: RunOptions): Promise<RunSummary> {
  const run = await Run.start(options)
  const upcoming = new Upcoming(run)
  try {
    for (;;) {
      const finished = run.finished // Asked once: a clock may pass the end at any moment.
      if (run.stopped && !finished) {
        await run.pause(true)
        break
      }
      if (run.unreported && (run.epochEnded || finished)) {
        const heard = await run.reportEpoch(finished)
        if (!heard) {
          await run.pause(true)
          break
        }
      } else if (run.learned) await run.pause(false)
      if (finished) break
      await takeStep(run, upcoming)
    }
    return run.summary()
  } finally {
    await upcoming.settle()
    await run.learner.close()
  }
}

async function takeStep(run: Run, upcoming: Upcoming): Promise<void> {
  const started = performance.now()
  const { rates, learner } = run
  const ids: string[] = []
  let sums = NO_LOSSES
  let engine = 0
  let gradientNorm = 0
  for (let part = 0; part < learner.batches; part++) {
    const place = run.step * learner.batches + part
    const batch = await upcoming.take(place)
    const learning = learner.learn(batch, rates, part)
    upcoming.prepare(place + 1) // while the engine computes, in its own thread
    const { losses, engineMilliseconds, returned } = await learning
    run.batches.giveBack(returned)
    ids.push(...batch.ids)
    sums = addLosses(sums, losses)
    engine += engineMilliseconds
    gradientNorm = losses.gradientNorm // of all batches of the step, with the last one
  }
  const losses = { ...meanLosses(sums), gradientNorm }
  run.note({ losses, ids, rates, milliseconds: { step: performance.now() - started, engine } })
}

/** The batch that is being prepared. */
class Upcoming {
  readonly #run: Run
  #batch: Promise<Batch> | null = null

  constructor(run: Run) {
    this.#run = run
  }

  /** Begins making a batch. If it fails, the failure waits until the batch is asked for. @param place its number in the run */
  prepare(place: number): void {
    this.#batch = this.#run.batches.make(place)
    this.#batch.catch(() => undefined)
  }

  /** The next batch. @param place its number in the run */
  async take(place: number): Promise<Batch> {
    if (this.#batch === null) this.prepare(place)
    try {
      return await this.#batch!
    } catch (error) {
      // In the middle of a step only norms' statistics have moved, a little, beyond the last whole one.
      // What was learned must not be lost with one bad picture; that picture is what must be told, whatever saving says.
      if (this.#run.learned) await this.#run.pause(true).catch(() => undefined)
      throw error
    }
  }

  /** Waits until nothing is being prepared any more. */
  async settle(): Promise<void> {
    await this.#batch?.catch(() => undefined)
  }
}
