/** @file Training from a folder of pictures to a run folder: what the CLI's `train` and the API's `train` do. */
import { resolve } from 'node:path'
import { MILD_AUGMENTATION } from '../../augment/options.ts'
import type { Size } from '../../box/box.ts'
import { checkOptions } from '../../check/check-options.ts'
import type { ModelConfig } from '../../config/model.ts'
import { DEFAULT_PRESET, describePreset } from '../../config/presets.ts'
import { withSettings } from '../../config/train.ts'
import { TRAIN_DEFAULTS } from '../../config/train-defaults.ts'
import { requireObjects, summariseData } from '../../dataset/summary.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { Data } from '../data/data.ts'
import { prepareData } from '../data/prepare-data.ts'
import { openTrainingSplit, openValidation } from '../data/training-data.ts'
import { checkRunFolder, claimRunFolder } from '../files/claim-folder.ts'
import { applyConfigFile } from '../files/read-config.ts'
import { fittedMaps } from '../fit-anchors.ts'
import { resumeTraining } from './resume.ts'
import { checkRunConfig, type RunConfig } from './run-config.ts'
import { runSession } from './session.ts'
import { startingWeights } from './starting-weights.ts'
import {
  budgetOf,
  isResume,
  type ResumeRequest,
  type StartRequest,
  type TrainRequest,
  type TrainResult,
} from './train-request.ts'
import { resumeRequestSchema, startRequestSchema } from './train-schema.ts'

export type { ResumeRequest, StartRequest, TrainRequest, TrainResult } from './train-request.ts'

/**
 * Trains a detector, or goes on with a run.
 * @throws SingleshotError as opening the data; E_CONFIG; E_NOT_FINITE; E_WRITE; E_RUN_BUSY; starting: E_OUTPUT_EXISTS;
 * resuming: E_MODEL_MISSING, E_RUN; the signal's reason before the first step
 * @example
 * ```js
 * import { train } from 'singleshot'
 *
 * const { run, stopped } = await train({
 *   data: 'shapes',
 *   out: 'run-of-an-hour',
 *   epochs: 1,
 *   signal: AbortSignal.timeout(60 * 60 * 1000), // saves, and can be resumed
 * })
 * console.log(run, stopped) // → run-of-an-hour false
 * ```
 */
export async function train(request: TrainRequest): Promise<TrainResult> {
  if (isResume(request)) {
    refuseSettings(request)
    checkOptions(resumeRequestSchema, request, 'train')
    return resumeTraining(request)
  }
  checkOptions(startRequestSchema, request, 'train')
  return startTraining(request)
}

/** What is decided when a run begins is not asked again. @throws SingleshotError E_CONFIG naming all of it */
function refuseSettings(request: ResumeRequest): void {
  const decided = Object.keys(startRequestSchema.shape).filter(
    (name) => !Object.hasOwn(resumeRequestSchema.shape, name),
  )
  const given = decided.filter((name) => request[name as keyof ResumeRequest] !== undefined)
  if (given.length === 0) return
  throw new SingleshotError('E_CONFIG', {
    where: 'train',
    rule: 'expected nothing beside resume that was decided when the run began',
    got: given.join(', '),
    remedy:
      'Leave these out: resume names the run folder, and data, epochs and minutes are all that may change. To begin a new run, leave out resume.',
  })
}

async function startTraining(request: StartRequest): Promise<TrainResult> {
  const { data, out } = request
  const budget = budgetOf(request)
  await checkRunFolder(out)
  const opened = await openTrainingSplit(request)
  const split = opened.dataset.split?.name
  // Without any object there is no class, and so no detector that could be described.
  if (opened.dataset.classes.length === 0) requireObjects(summariseData(opened.dataset))
  const config = await configureRun(request, { data, split, budget }, opened)
  const validation = await openValidation(config, request)
  const prepared = await prepareData(
    { opened, validation },
    { ...request, inputSize: config.model.input },
  )
  const weights = await startingWeights(request, config.model)
  // Last of all, so that whatever is wrong with the request leaves no folder behind.
  const folder = await claimRunFolder(out, config)
  let saved = false
  try {
    const onSaved = () => {
      saved = true
    }
    return await runSession({ ...request, run: out }, config, { ...prepared, weights, onSaved })
  } finally {
    await (saved ? folder.release() : folder.abandon())
  }
}

/**
 * Everything a run is told, defaults included.
 * @throws SingleshotError E_CONFIG, E_RULE
 */
export async function configureRun(
  request: StartRequest,
  { data, split, budget }: Pick<RunConfig, 'data' | 'split' | 'budget'>,
  { dataset }: Data,
): Promise<RunConfig> {
  const sizes = dataset.examples.map((example) => example.size)
  const described = await applyConfigFile(
    { model: describeModel(request, dataset.classes, sizes), train: TRAIN_DEFAULTS },
    request.config,
    request.rules,
  )
  const config = {
    data: resolve(data),
    format: request.format,
    unlabelled: request.unlabelled,
    difficult: request.difficult,
    split,
    validate: request.validate,
    budget,
    model:
      request.anchors === 'fit' ? withFittedAnchors(described.model, dataset) : described.model,
    train: withSettings(described.train, request.settings ?? {}),
    augment: { ...MILD_AUGMENTATION, ...request.augment },
    snapshots: request.snapshots,
  }
  return checkRunConfig(config, { code: 'E_CONFIG', rules: request.rules })
}

/** The same detector, with anchors that fit the objects it will learn. */
function withFittedAnchors(model: ModelConfig, dataset: Data['dataset']): ModelConfig {
  return { ...model, featureMaps: fittedMaps(model, dataset) }
}

/** The preset for these classes and pictures, with what the request changes. */
function describeModel(
  { model = DEFAULT_PRESET, input }: StartRequest,
  classes: readonly string[],
  sizes: readonly Size[],
): ModelConfig {
  const described = describePreset(model, classes, sizes)
  return input === undefined ? described : { ...described, input: { ...input } }
}
