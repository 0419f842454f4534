/** @file Going on with a run: what its folder holds is checked, brought into agreement with the checkpoint, and used. */
import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { epochAt, progressOf } from '../../train/schedule.ts'
import { prepareData } from '../data/prepare-data.ts'
import { openValidation, reopenTrainingSplit } from '../data/training-data.ts'
import { type FormerRun, openFormerRun } from './former-run.ts'
import { writeMetrics } from './metrics.ts'
import { VALIDATIONS, writeCurves } from './recorder.ts'
import type { RunConfig } from './run-config.ts'
import { RUN_FILES, writeJson } from './run-folder.ts'
import { countsOf, finish, type RunMaterial, runSession } from './session.ts'
import { snapshotsDue } from './snapshots.ts'
import { budgetOf, type ResumeRequest, type TrainResult } from './train-request.ts'

/**
 * Goes on with the run in a folder, for longer or on moved data if the request says so.
 * @throws SingleshotError E_MODEL_MISSING without a checkpoint; E_RUN when a file of the run is damaged or the data has
 * a new class; E_RUN_BUSY; as opening the data; as runSession
 */
export async function resumeTraining(request: ResumeRequest): Promise<TrainResult> {
  const former = await openFormerRun(request.resume, request)
  try {
    const config = changed(former.config, request)
    return isOver(former, config)
      ? await concludeAgain(request, config, former)
      : await goOn(request, config, former)
  } finally {
    await former.lock.release()
  }
}

/** The run's config with what may change: how long it goes on, and where its data lies. */
function changed(config: RunConfig, { data, epochs, minutes }: ResumeRequest): RunConfig {
  const told = epochs !== undefined || minutes !== undefined
  const budget = told ? budgetOf({ epochs, minutes }) : config.budget
  return { ...config, data: resolve(data ?? config.data), budget }
}

/** Whether nothing is left to do: the budget is used up, and everything was told. */
function isOver({ record, timing }: FormerRun, { budget, train }: RunConfig): boolean {
  const pace = { images: record.pictures, batch: train.batch }
  const standing = { step: record.step, seconds: timing.seconds }
  return record.partial.count === 0 && progressOf(budget, pace, standing) >= 1
}

/** A run that has ended: what a kill may have left unwritten at the very end is written. */
async function concludeAgain(
  { resume: run, onEvent }: ResumeRequest,
  asked: RunConfig,
  former: FormerRun,
): Promise<TrainResult> {
  const { config, record, timing } = former
  const { lines, best } = former.recorded
  const epochs = epochAt(record.step, { images: record.pictures, batch: config.train.batch })
  onEvent?.({ type: 'message', message: alreadyTrained(former, epochs, asked) })
  await writeMetrics(run, lines)
  await writeCurves(run, lines, timing)
  return finish(run, config, { ...timing, steps: record.step, epochs, stopped: false, best })
}

/** @param budget what was asked for now */
function alreadyTrained(former: FormerRun, epochs: number, { budget }: RunConfig): string {
  const { budget: begun } = former.config
  const [unit, spent] =
    'minutes' in budget ? ['minutes', former.timing.seconds / 60] : ['epochs', epochs]
  // A run of N epochs ends at the step nearest to them, a little before or after.
  const asked = 'epochs' in begun && unit === 'epochs' && isOver(former, former.config)
  const done = asked ? begun.epochs : Math.round(100 * spent) / 100
  return `Already trained ${done} ${unit}; give --${unit} above ${done} to go on.`
}

async function goOn(
  request: ResumeRequest,
  config: RunConfig,
  former: FormerRun,
): Promise<TrainResult> {
  const { record, timing, state, file } = former
  const opened = await reopenTrainingSplit(config, request)
  const validation = await openValidation(config, request)
  const prepared = await prepareData(
    { opened, validation },
    { ...request, inputSize: config.model.input },
  )
  const counts = countsOf(prepared.opened.dataset.examples)
  const { pictures, objects } = record
  const otherData = counts.pictures !== pictures || counts.objects !== objects
  if (otherData)
    request.onEvent?.({
      type: 'message',
      message: `The data holds ${counts.pictures} pictures with ${counts.objects} objects now, ${pictures} with ${objects} before. The run goes on with what is there.`,
    })
  if (!isDeepStrictEqual(config, former.config))
    await writeJson(request.resume, RUN_FILES.config, config)
  const sameRhythm = isDeepStrictEqual(config.budget, former.config.budget) && !otherData
  const recorded = sameRhythm ? former.recorded : rebased(former, config, counts.pictures)
  const resume = { state, step: record.step, partial: record.partial, timing, file }
  const material: RunMaterial = { ...prepared, former: { resume, recorded } }
  return runSession({ ...request, run: request.resume }, config, material)
}

/** With another budget the run is at another share of it: validation and snapshots are due by the new one. */
function rebased({ recorded, timing }: FormerRun, config: RunConfig, images: number) {
  const pace = { images, batch: config.train.batch }
  const standing = { step: recorded.lines.at(-1)?.step ?? 0, seconds: timing.seconds }
  const progress = progressOf(config.budget, pace, standing)
  return {
    ...recorded,
    validations: Math.floor(progress * VALIDATIONS),
    snapshots: snapshotsDue(progress, config.snapshots),
  }
}
