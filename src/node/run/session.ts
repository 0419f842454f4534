/** @file One session of a run, from its first step or where the former one stopped: trains, and writes down. */
import type { Example } from '../../dataset/dataset.ts'
import { engineOptionsOf } from '../../engine/engine-options.ts'
import { createEngine } from '../../engine/node.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { Floats } from '../../graph/tensor.ts'
import { runTraining } from '../../train/loop.ts'
import type { Best } from '../../train/record.ts'
import type { RunSummary } from '../../train/report.ts'
import type { Resumption } from '../../train/run-options.ts'
import type { PreparedData } from '../data/prepare-data.ts'
import { splitToJudge } from '../data/training-data.ts'
import { createRecorder, type Recorded } from './recorder.ts'
import type { RunConfig } from './run-config.ts'
import { RUN_FILES, writeJson } from './run-folder.ts'
import type { SessionOptions, TrainResult } from './train-request.ts'

/** Which run, and what it is told. */
export interface SessionRequest extends SessionOptions {
  /** The run folder. */
  readonly run: string
}

/** What a session works on. */
export interface RunMaterial extends PreparedData {
  /** Weights to start from, by name. */
  readonly weights?: ReadonlyMap<string, Floats> | undefined
  /** Where the former session stopped. */
  readonly former?: { readonly resume: Resumption; readonly recorded: Recorded }
  /** Called once there is a checkpoint to go on from. */
  readonly onSaved?: () => void
}

/** Trains until the budget is used up or the signal is given. @throws SingleshotError as runTraining; E_WRITE */
export async function runSession(
  request: SessionRequest,
  config: RunConfig,
  { opened, validation, pictures, weights, former, onSaved }: RunMaterial,
): Promise<TrainResult> {
  const { examples } = opened.dataset
  const { run, signal, onEvent } = request
  const engine = createEngine(engineOptionsOf(request))
  const recorder = createRecorder({
    ...{ run, model: config.model, engine, validation, ...countsOf(examples) },
    snapshots: config.snapshots,
    timed: 'minutes' in config.budget,
    former: former?.recorded ?? null,
    signal,
  })
  try {
    const summary = await runTraining({
      ...{ engine, config: config.model, train: config.train, augment: config.augment },
      budget: config.budget,
      examples,
      pictures,
      resume: former?.resume,
      weights,
      signal,
      onStep: (report) => onEvent?.({ type: 'step', report }),
      onEpoch: (report) => recorder.record(report),
      onPause: (pause) => recorder.pause(pause),
    })
    return await finish(run, config, { ...summary, best: recorder.best })
  } catch (error) {
    throw recorder.saved ? withWayOn(error) : error
  } finally {
    if (recorder.saved) onSaved?.()
    await engine.close()
  }
}

/** Writes how a session ended. @throws SingleshotError E_WRITE */
export async function finish(
  run: string,
  config: RunConfig,
  { best, ...summary }: RunSummary & { readonly best: Best | null },
): Promise<TrainResult> {
  const { steps, epochs, stopped } = summary
  const scores = { mAP50: best?.mAP50 ?? null, bestStep: best?.step ?? null }
  await writeJson(run, RUN_FILES.summary, { steps, epochs, stopped, ...scores })
  return { ...summary, ...scores, run, data: config.data, judgeOn: await splitToJudge(config) }
}

/** How many pictures there are, and how many objects in them. */
export function countsOf(examples: readonly Example[]): { pictures: number; objects: number } {
  const objects = examples.reduce((sum, example) => sum + example.objects.length, 0)
  return { pictures: examples.length, objects }
}

/** What can be mended while the run waits: the disk, a picture. */
const MENDABLE = /^E_(WRITE|IMAGE_)/

/** What fails in the middle of a run costs only what came after the last checkpoint: say so. */
function withWayOn(error: unknown): unknown {
  if (!(error instanceof SingleshotError) || !MENDABLE.test(error.code)) return error
  const remedy = `${error.remedy} The last checkpoint is whole: go on with --resume.`
  return new SingleshotError(error.code, { ...error.parts, remedy })
}
