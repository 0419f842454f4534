/**
 * @file The training loop: take a batch, run a step, prepare the next batch meanwhile, tell, again.
 *
 * It touches no file and no screen. Whoever calls it is told about every step and epoch, may save the state
 * it is handed, and may stop it.
 */
import type { Batch } from './batches.ts'
import type { RunSummary } from './report.ts'
import { Run, type RunOptions } from './run.ts'
import { runStep } from './step.ts'

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
    await run.program.close()
  }
}

async function takeStep(run: Run, upcoming: Upcoming): Promise<void> {
  const started = performance.now()
  const batch = await upcoming.take()
  const { rates } = run
  const running = runStep(run.program, batch, rates)
  upcoming.prepare(run.step + 1) // while the engine computes, in its own thread
  const { losses, engineMilliseconds, returned } = await running
  run.batches.giveBack(returned)
  const milliseconds = { step: performance.now() - started, engine: engineMilliseconds }
  run.note(losses, batch, { rates, milliseconds })
}

/** The batch that is being prepared. */
class Upcoming {
  readonly #run: Run
  #batch: Promise<Batch> | null = null

  constructor(run: Run) {
    this.#run = run
  }

  /** Begins making the batch of a step. If it fails, the failure waits until the batch is asked for. */
  prepare(step: number): void {
    this.#batch = this.#run.batches.make(step)
    this.#batch.catch(() => undefined)
  }

  /** The batch of the next step. */
  async take(): Promise<Batch> {
    if (this.#batch === null) this.prepare(this.#run.step)
    try {
      return await this.#batch!
    } catch (error) {
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
