/**
 * @file The training loop: take a batch, run a step, prepare the next batch meanwhile, tell, again.
 *
 * It touches no file and no screen. Whoever calls it is told about every step and epoch, may save the state
 * it is handed, and may stop it.
 */
import { type Batch, makeBatch } from './batches.ts'
import type { RunSummary } from './report.ts'
import { Run, type RunOptions } from './run.ts'
import { runStep } from './step.ts'

/**
 * Trains until the budget is used up or the signal is given.
 * @throws SingleshotError E_NO_IMAGES without examples; E_NOT_FINITE when the loss is no longer a number;
 * whatever the picture source throws
 */
export async function runTraining(options: RunOptions): Promise<RunSummary> {
  const run = await Run.start(options)
  try {
    let upcoming = prepare(run, run.step)
    for (let finished = false; !finished; ) {
      const started = performance.now()
      const batch = await upcoming
      const running = runStep(run.program, batch, run.rates)
      upcoming = prepare(run, run.step + 1) // while the engine computes, in its own thread
      const { losses, engineMilliseconds } = await running
      run.note(losses, batch, { step: performance.now() - started, engine: engineMilliseconds })
      finished = run.finished
      if (run.epochEnded || finished) await run.reportEpoch(finished)
    }
    return run.summary()
  } finally {
    await run.program.close()
  }
}

/** Begins making a batch. If it fails, the failure waits until the batch is asked for. */
function prepare(run: Run, step: number): Promise<Batch> {
  const batch = makeBatch(run.batches, step)
  batch.catch(() => undefined)
  return batch
}
