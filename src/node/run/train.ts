/** @file Training from a folder of pictures to a run folder: what the CLI's `train` and the API's `train` do. */
import { resolve } from 'node:path'
import { MILD_AUGMENTATION } from '../../augment/options.ts'
import type { Size } from '../../box/box.ts'
import { checkOptions } from '../../check/check-options.ts'
import type { ModelConfig } from '../../config/model.ts'
import { describePreset } from '../../config/presets.ts'
import { TRAIN_DEFAULTS, withSettings } from '../../config/train.ts'
import { requireObjects, summariseData } from '../../dataset/summary.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { Data } from '../data/data.ts'
import { prepareData } from '../data/prepare-data.ts'
import { openTrainingSplit, openValidation } from '../data/training-data.ts'
import { checkRunFolder, claimRunFolder } from '../files/claim-folder.ts'
import { applyConfigFile } from '../files/read-config.ts'
import { trainRequestSchema } from '../request-schemas.ts'
import { resumeTraining } from './resume.ts'
import { checkRunConfig, type RunConfig } from './run-config.ts'
import { runSession } from './session.ts'
import { startingWeights } from './starting-weights.ts'
import { budgetOf, type TrainRequest, type TrainResult } from './train-request.ts'

export type { TrainRequest, TrainResult } from './train-request.ts'

/**
 * Trains a detector, or goes on with a run.
 * @throws SingleshotError as opening the data; E_CONFIG; E_NOT_FINITE; E_WRITE; E_RUN_BUSY; starting: E_OUTPUT_EXISTS;
 * resuming: E_MODEL_MISSING, E_RUN
 */
export async function train(request: TrainRequest): Promise<TrainResult> {
  checkOptions(trainRequestSchema, request, 'train')
  return request.resume ? resumeTraining(request) : startTraining(request)
}

async function startTraining(request: TrainRequest): Promise<TrainResult> {
  const { data, out } = request
  if (data === undefined)
    throw new SingleshotError('E_ARGUMENT', {
      where: 'train',
      rule: 'expected data, a folder of labelled pictures, unless a run is resumed',
      got: data,
    })
  const budget = budgetOf(request)
  await checkRunFolder(out)
  const opened = await openTrainingSplit({ ...request, data })
  const split = opened.dataset.split?.name
  // Without any object there is no class, and so no detector that could be described.
  if (opened.dataset.classes.length === 0) requireObjects(summariseData(opened.dataset))
  const config = await configure(request, { data, split, budget }, opened)
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
    return await runSession(request, config, { ...prepared, weights, onSaved })
  } finally {
    await (saved ? folder.release() : folder.abandon())
  }
}

/** Everything the run is told, defaults included. */
async function configure(
  request: TrainRequest,
  { data, split, budget }: Pick<RunConfig, 'data' | 'split' | 'budget'>,
  { dataset }: Data,
): Promise<RunConfig> {
  const sizes = dataset.examples.map((example) => example.size)
  const described = await applyConfigFile(
    { model: describeModel(request, dataset.classes, sizes), train: TRAIN_DEFAULTS },
    request.config,
  )
  const config = {
    data: resolve(data),
    split,
    validate: request.validate,
    budget,
    model: described.model,
    train: withSettings(described.train, request.settings ?? {}),
    augment: { ...MILD_AUGMENTATION, ...request.augment },
    snapshots: request.snapshots,
  }
  return checkRunConfig(config, 'E_CONFIG')
}

/** The preset for these classes and pictures, with what the request changes. */
function describeModel(
  { model = 'tiny', input }: TrainRequest,
  classes: readonly string[],
  sizes: readonly Size[],
): ModelConfig {
  const described = describePreset(model, classes, sizes)
  return input === undefined ? described : { ...described, input: { ...input } }
}
