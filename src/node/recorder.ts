/** @file What a run writes down as it goes: metrics, checkpoints, the best model, the curves. */
import { join } from 'node:path'
import type { ModelConfig } from '../config/model.ts'
import { compileForDetection } from '../detect/network.ts'
import { runCurvesSvg } from '../draw/run-curves.ts'
import type { Engine } from '../engine/engine.ts'
import type { Floats } from '../graph/tensor.ts'
import type { EpochReport } from '../train/report.ts'
import { averagedWeights } from '../train/state.ts'
import { writeModel } from '../weights/model-file.ts'
import { writeFileAtomic } from './atomic-write.ts'
import type { Data } from './data.ts'
import { evaluateOn } from './evaluate.ts'
import { BEST_FILE, LAST_FILE } from './model.ts'
import { type MetricsLine, RUN_FILES, readMetrics, writeMetrics } from './run-folder.ts'
import { createSnapshots } from './snapshots.ts'

/** A checkpoint at least this often: what a power cut may cost. */
const SECONDS_BETWEEN_CHECKPOINTS = 60

/** Validation at every tenth of the run: often enough to see the curve, rare enough to cost little. */
const VALIDATIONS = 10

/** What the recorder needs. */
export interface RecorderOptions {
  /** The run folder. */
  readonly run: string
  readonly model: ModelConfig
  readonly engine: Engine
  readonly validation: Data | null
  readonly resumed: boolean
  /** How many snapshots to leave; undefined: some of a small network. */
  readonly snapshots: number | undefined
}

/** Writes down a run. */
export interface Recorder {
  /** Notes an epoch; saves and validates when it is time. @throws SingleshotError E_WRITE */
  record(report: EpochReport): Promise<void>
  /** Best mAP50 on the validation split so far; null without one. */
  readonly best: number | null
}

/** Makes the recorder of a run; a resumed run goes on with its former lines. */
export async function createRecorder(options: RecorderOptions): Promise<Recorder> {
  const { run, resumed } = options
  const lines: MetricsLine[] = resumed ? await readMetrics(run) : []
  let best = lines.reduce<number | null>(
    (top, { mAP50 }) => (mAP50 !== null && mAP50 > (top ?? -1) ? mAP50 : top),
    null,
  )
  let savedAt = 0
  let validated = 0
  const snapshots = createSnapshots(options)
  return {
    get best() {
      return best
    },
    record: async (report) => {
      const due = report.finished || Math.floor(report.progress * VALIDATIONS) > validated
      const saving = due || report.seconds - savedAt > SECONDS_BETWEEN_CHECKPOINTS
      const snapshotDue = snapshots.isDue(report.progress)
      const state = saving || snapshotDue ? await report.readState() : null
      let scores: Scores = { mAP50: null, AP: null }
      if (due && state !== null) {
        validated = Math.floor(report.progress * VALIDATIONS)
        scores = await validate(options, averagedWeights(state))
      }
      lines.push(metricsLine(report, scores))
      await writeMetrics(run, lines)
      if (state === null) return
      await writeFileAtomic(join(run, RUN_FILES.curves), runCurvesSvg(lines))
      savedAt = report.seconds
      await save(options, LAST_FILE, report, state)
      // After the checkpoint: if the disk is full, that must not be what is missing.
      if (snapshotDue) await snapshots.take(report, state)
      const better =
        scores.mAP50 === null ? report.finished && best === null : scores.mAP50 > (best ?? -1)
      if (!better) return
      best = scores.mAP50
      await save(options, BEST_FILE, report, averagedWeights(state))
    },
  }
}

interface Scores {
  readonly mAP50: number | null
  readonly AP: number | null
}

async function validate(
  { engine, model, validation }: RecorderOptions,
  weights: ReadonlyMap<string, Floats>,
): Promise<Scores> {
  if (validation === null) return { mAP50: null, AP: null }
  const network = await compileForDetection(engine, model, weights)
  const { measures } = await evaluateOn(network, validation)
  await network.program.close()
  const value = (name: string) => measures.find((measure) => measure.name === name)?.value ?? null
  return { mAP50: value('mAP50'), AP: value('AP[.50:.95]') }
}

function metricsLine(
  { epoch, step, learningRate, losses }: EpochReport,
  scores: Scores,
): MetricsLine {
  return { epoch: Math.round(epoch * 100) / 100, step, learningRate, ...losses, ...scores }
}

async function save(
  { run, model }: RecorderOptions,
  file: string,
  report: EpochReport,
  weights: ReadonlyMap<string, Floats>,
) {
  const { step, epoch, seconds } = report
  const bytes = writeModel(
    { config: model, weights, notes: { step, epoch, seconds } },
    report.shapes,
  )
  await writeFileAtomic(join(run, file), bytes)
}
