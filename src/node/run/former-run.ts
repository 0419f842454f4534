/**
 * @file A run folder, opened to go on. The record in the checkpoint is the truth: lines of metrics and snapshots of
 * later steps, from before an interruption, are dropped; what was to be written after the checkpoint is told by it.
 */
import { join } from 'node:path'
import type { Rule } from '../../rule/rule.ts'
import type { Best } from '../../train/record.ts'
import type { Timing } from '../../train/report.ts'
import type { Listener, MessageEvent } from '../events.ts'
import { removeStrayFiles } from '../files/temporary-files.ts'
import { BEST_FILE, LAST_FILE } from '../model.ts'
import { type LastCheckpoint, noCheckpoint, readBest, readLast } from './checkpoint.ts'
import { recoverMetrics } from './metrics.ts'
import type { Recorded } from './recorder.ts'
import { type RunConfig, readRunConfig } from './run-config.ts'
import { namesIn, RUN_FILES, readTiming } from './run-folder.ts'
import { lockRun, type RunLock } from './run-lock.ts'
import { removeSnapshotsBeyond } from './snapshots.ts'

/** What a run folder holds, in agreement with its checkpoint. */
export interface FormerRun extends LastCheckpoint {
  readonly lock: RunLock
  readonly config: RunConfig
  /** Spent by all former sessions. */
  readonly timing: Timing
  readonly recorded: Recorded
}

/** What opening a run may be told. */
export interface FormerRunOptions {
  /** Rules from outside that the run was begun with. */
  readonly rules?: readonly Rule[] | undefined
  /** Is told what is missing without hindering. */
  readonly onEvent?: Listener<MessageEvent>
}

/**
 * Locks and reads the folder of a run.
 * @throws SingleshotError E_MODEL_MISSING without a checkpoint; E_RUN naming the damaged file; E_RUN_BUSY; E_WRITE
 */
export async function openFormerRun(
  run: string,
  { rules, onEvent }: FormerRunOptions = {},
): Promise<FormerRun> {
  const held = await namesIn(run, 'train')
  if (!held.includes(LAST_FILE)) throw noCheckpoint(join(run, LAST_FILE))
  const lock = await lockRun(run)
  try {
    await removeStrayFiles(run)
    const config = await readRunConfig(run, rules)
    const last = await readLast(run, config.model, { rules })
    const { record } = last
    const { lines, missing } = await recoverMetrics(run, record)
    if (missing > 0)
      onEvent?.({
        type: 'message',
        message: `${join(run, RUN_FILES.metrics)} is damaged: ${missing} of ${record.lines} lines are lost. The run goes on without them.`,
      })
    await removeSnapshotsBeyond(run, record.step)
    const best = await findBest(run, record.best, onEvent)
    const timing = await readTiming(run)
    return {
      ...{ lock, config, ...last },
      timing: { ...timing, seconds: record.seconds ?? timing.seconds },
      recorded: { ...record, best, lines },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/**
 * The best model that is there, by its own words. It may be of a step after the checkpoint, if the run was killed
 * between the two writes: a run that is not repeatable would not find it again.
 */
async function findBest(
  run: string,
  best: Best | null,
  onEvent?: Listener<MessageEvent>,
): Promise<Best | null> {
  const found = await readBest(run)
  if (found === null && best !== null)
    onEvent?.({
      type: 'message',
      message: `${join(run, BEST_FILE)} is missing or damaged. The best model from here on takes its place.`,
    })
  // Without scores, the best model is the one at the end of the run, and only the checkpoint knows whether that was.
  return found === null || found.mAP50 !== null ? found : best
}
