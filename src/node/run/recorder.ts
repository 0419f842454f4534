/**
 * @file What a run writes down as it goes. The process may be killed between any two writes, so their order matters:
 *
 *     best, with its own step and scores → snapshot → last, with the record that speaks of both → metrics → curves
 *
 * The record in last.safetensors is the truth (train/record.ts). What was written before it, a resumed run writes
 * again, equal; what was to be written after it, the record can tell (open-run.ts).
 */
import { join } from 'node:path'
import { isReason } from '../../call/or-aborted.ts'
import type { ModelConfig } from '../../config/model.ts'
import { runCurvesSvg } from '../../draw/run-curves.ts'
import type { Engine } from '../../engine/engine.ts'
import { NO_LOSSES } from '../../train/losses.ts'
import type { Best, MetricsLine, RunRecord } from '../../train/record.ts'
import type { EpochReport, Pause, Timing } from '../../train/report.ts'
import { averagedWeights, type TrainingState } from '../../train/state.ts'
import type { Data } from '../data/data.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { saveBest, saveLast } from './checkpoint.ts'
import { writeMetrics } from './metrics.ts'
import { RUN_FILES, writeJson } from './run-folder.ts'
import { createSnapshots } from './snapshots.ts'
import { NO_SCORES, type Scores, validate } from './validate.ts'

/** A checkpoint at least this often: what a power cut may cost. */
const SECONDS_BETWEEN_CHECKPOINTS = 60

/** Validation at every tenth of the run: often enough to see the curve, rare enough to cost little. */
export const VALIDATIONS = 10

/** Where a former session stopped writing. */
export interface Recorded extends Pick<RunRecord, 'best' | 'validations' | 'snapshots'> {
  readonly lines: readonly MetricsLine[]
}

/** What the recorder needs. */
export interface RecorderOptions extends Pick<RunRecord, 'pictures' | 'objects'> {
  /** The run folder. */
  readonly run: string
  readonly model: ModelConfig
  readonly engine: Engine
  readonly validation: Data | null
  /** Ends a validation that is under way. */
  readonly signal?: AbortSignal | undefined
  /** How many snapshots to leave; undefined: some of a small network. */
  readonly snapshots: number | undefined
  /** Whether the clock decides how long the run goes on, so that the record must know it. */
  readonly timed: boolean
  /** Null for a new run, which has no checkpoint yet. */
  readonly former: Recorded | null
}

/** Writes down a run. */
export interface Recorder {
  /** Notes an epoch; saves and validates when it is time. @throws SingleshotError E_WRITE; the signal's reason */
  record(report: EpochReport): Promise<void>
  /** Between two steps: saves when the run stops there, or when the last checkpoint is old. @throws E_WRITE */
  pause(pause: Pause): Promise<void>
  /** The best model so far. */
  readonly best: Best | null
  /** Whether there is a checkpoint to go on from. */
  readonly saved: boolean
}

/** Makes the recorder of a run; a resumed run goes on with its former lines. */
export function createRecorder(options: RecorderOptions): Recorder {
  const { run, model, former } = options
  const lines = [...(former?.lines ?? [])]
  let best = former?.best ?? null
  let validations = former?.validations ?? 0
  let saved = former !== null
  let savedAt: number | null = null
  const snapshots = createSnapshots({ ...options, run, model, taken: former?.snapshots ?? 0 })

  /** Seconds since the last checkpoint of this session, or since the session's first report. */
  const age = (seconds: number) => {
    savedAt ??= seconds
    return seconds - savedAt
  }
  const saveState = async (pause: Pause, state: TrainingState, partial = pause.partial) => {
    const { step, seconds } = pause
    const { pictures, objects, timed } = options
    const known = { lines: lines.length, line: lines.at(-1) ?? null, best, validations }
    const record = { step, partial, ...known, snapshots: snapshots.taken, pictures, objects }
    await saveLast(
      run,
      { ...pause, model, weights: state },
      { ...record, ...(timed && { seconds }) },
    )
    saved = true
    savedAt = seconds
  }
  const keepIfBest = async (report: EpochReport, state: TrainingState, scores: Scores) => {
    const top = best?.mAP50 ?? null
    const better =
      scores.mAP50 === null ? report.finished && top === null : scores.mAP50 > (top ?? -1)
    if (!better) return
    const found = { step: report.step, ...scores }
    await saveBest(run, { ...report, model, weights: averagedWeights(state) }, found)
    best = found
  }
  /** What is written before the checkpoint: the best model and a snapshot, when it is time. @returns the scores */
  const keep = async (
    report: EpochReport,
    state: TrainingState,
    { due, snapshotDue }: { readonly due: boolean; readonly snapshotDue: boolean },
  ): Promise<Scores> => {
    // No best model and no snapshot before there is a checkpoint: without one, the run begins anew.
    if (!saved && (due || snapshotDue)) await saveState(report, state)
    try {
      const scores = due ? await validate(options, averagedWeights(state)) : NO_SCORES
      if (due) await keepIfBest(report, state, scores)
      if (snapshotDue) await snapshots.take(report, state)
      return scores
    } catch (error) {
      // The run stops here, and saves where it stands.
      if (isReason(error, options.signal)) throw error
      // They must not cost the epoch: it is saved as one that nothing was told of yet, if that can be written.
      await saveState(report, state).catch(() => undefined)
      throw error
    }
  }
  return {
    get best() {
      return best
    },
    get saved() {
      return saved
    },
    record: async (report) => {
      const tenth = Math.floor(report.progress * VALIDATIONS)
      const due = report.finished || tenth > validations
      const snapshotDue = snapshots.isDue(report.progress)
      const old = !saved || age(report.seconds) > SECONDS_BETWEEN_CHECKPOINTS
      const state = due || snapshotDue || old ? await report.readState() : null
      const scores = state === null ? NO_SCORES : await keep(report, state, { due, snapshotDue })
      if (due) validations = tenth
      lines.push(metricsLine(report, scores))
      if (state !== null) await saveState(report, state, NO_LOSSES)
      await writeMetrics(run, lines)
      if (state !== null) await writeCurves(run, lines, report)
    },
    pause: async (pause) => {
      const old = age(pause.seconds) > SECONDS_BETWEEN_CHECKPOINTS
      if (!pause.stopping && !old) return
      await saveState(pause, await pause.readState())
      if (pause.stopping) await writeCurves(run, lines, pause)
    },
  }
}

/** Writes the curves, and beside them the time that was spent. @throws SingleshotError E_WRITE */
export async function writeCurves(
  run: string,
  lines: readonly MetricsLine[],
  { seconds, stepMilliseconds, engineMilliseconds }: Timing,
): Promise<void> {
  await writeFileAtomic(join(run, RUN_FILES.curves), runCurvesSvg(lines))
  await writeJson(run, RUN_FILES.timing, { seconds, stepMilliseconds, engineMilliseconds })
}

function metricsLine(
  { epoch, step, learningRate, losses }: EpochReport,
  scores: Scores,
): MetricsLine {
  return { epoch: Math.round(epoch * 100) / 100, step, learningRate, ...losses, ...scores }
}
