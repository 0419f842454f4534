/** @file Training from a folder of pictures to a run folder: what the CLI's `train` and the API's `train` do. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type AugmentOptions, MILD_AUGMENTATION } from '../augment/options.ts'
import type { Size } from '../box/box.ts'
import type { ModelConfig } from '../config/model.ts'
import { describePreset, type PresetName } from '../config/presets.ts'
import { TRAIN_DEFAULTS, type TrainConfig, withSettings } from '../config/train.ts'
import type { DataSummary } from '../dataset/summary.ts'
import type { EngineOptions } from '../engine/engine.ts'
import { createEngine } from '../engine/node.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { runTraining } from '../train/loop.ts'
import type { RunSummary, StepReport } from '../train/report.ts'
import type { Budget } from '../train/schedule.ts'
import { readModel } from '../weights/model-file.ts'
import { type Data, openData, TRAINING_SPLITS } from './data.ts'
import { LAST_FILE } from './model.ts'
import { type PreparedData, prepareData } from './prepare-data.ts'
import { applyConfigFile } from './read-config.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import { createOutputFolder, RUN_FILES, writeJson } from './run-folder.ts'
import { startingWeights } from './starting-weights.ts'

/** What to train, on what, for how long. */
export interface TrainRequest extends EngineOptions {
  /** A Pascal VOC folder. */
  readonly data: string
  /** The run folder to make; new or empty, unless `resume`. */
  readonly out: string
  /** Default: `trainval` if there is one, else `train`, else everything. */
  readonly split?: string | undefined
  /** A split to measure on during training; decides which weights are the best. Default: none. */
  readonly validate?: string | undefined
  /** Passes over the data; with the same seed gives the same run. Default 100 if `minutes` is not given. */
  readonly epochs?: number | undefined
  /** Wall time instead of epochs. */
  readonly minutes?: number | undefined
  /** A preset's name, default 'tiny'. */
  readonly model?: PresetName | undefined
  /** Input size of the network, pixels; default the preset's, which for tiny follows the pictures' shapes. */
  readonly input?: Size | undefined
  readonly settings?: Partial<TrainConfig> | undefined
  /** A config file: numbers that differ from the preset's; see docs/config.schema.json. */
  readonly config?: string | undefined
  /** Default: the mild set. */
  readonly augment?: Partial<AugmentOptions> | undefined
  /** A model to start from instead of fresh weights. */
  readonly weights?: string | undefined
  /** Go on with the run in `out`. */
  readonly resume?: boolean | undefined
  /** Models to keep along the way, to look back at; default 8 of a small network, none of a large one. */
  readonly snapshots?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly onStep?: ((report: StepReport) => void) | undefined
  /** Makes problems of the data an error; by default what is wrong is left out, and told. */
  readonly strict?: boolean | undefined
  readonly onProblem?: ((problem: SingleshotError) => void) | undefined
  /** Called after each picture that is looked at before the run begins. */
  readonly onCheck?: ((done: number, total: number) => void) | undefined
  /** Told what there is to train on, before the run begins. */
  readonly onData?: ((summary: DataSummary) => void) | undefined
  /** Plain sentences about what is going on. */
  readonly onMessage?: ((message: string) => void) | undefined
}

/** What training leaves. */
export interface TrainResult extends RunSummary {
  /** The run folder. */
  readonly run: string
  /** Score of the best model on the validation split; null without one. */
  readonly mAP50: number | null
}

/** Passes over the data when neither epochs nor minutes are given. */
const DEFAULT_EPOCHS = 100

/**
 * Trains a detector.
 * @throws SingleshotError as opening the data; E_OUTPUT_EXISTS; E_WRITE; E_NOT_FINITE; E_CONFIG
 */
export async function train(request: TrainRequest): Promise<TrainResult> {
  return request.resume ? resumeTraining(request) : startTraining(request)
}

/** Everything a run was told: the content of config.json. */
interface RunConfig {
  readonly data: string
  readonly split: string | undefined
  readonly validate: string | undefined
  readonly budget: Budget
  readonly model: ModelConfig
  readonly train: TrainConfig
  readonly augment: AugmentOptions
  readonly snapshots?: number | undefined
}

async function startTraining(request: TrainRequest): Promise<TrainResult> {
  const { data, out } = request
  const opened = await openData(data, {
    ...dataOptions(request),
    split: request.split,
    usual: TRAINING_SPLITS,
  })
  const split = opened.dataset.split?.name
  const sizes = opened.dataset.examples.map((example) => example.size)
  const described = await applyConfigFile(
    {
      model: describeModel(request, opened.dataset.classes, sizes),
      train: TRAIN_DEFAULTS,
    },
    request.config,
  )
  const config: RunConfig = {
    data,
    split,
    validate: request.validate,
    budget: budgetOf(request),
    model: described.model,
    train: withSettings(described.train, request.settings ?? {}),
    augment: { ...MILD_AUGMENTATION, ...request.augment },
    snapshots: request.snapshots,
  }
  const validation = await openValidation(config, request)
  const prepared = await prepareData(
    { opened, validation },
    { ...request, inputSize: config.model.input },
  )
  await createOutputFolder(out, 'train')
  await writeJson(out, RUN_FILES.config, config)
  const weights = await startingWeights(request, config.model)
  return runIn(request, config, { ...prepared, weights })
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

async function resumeTraining(request: TrainRequest): Promise<TrainResult> {
  const file = join(request.out, LAST_FILE)
  const bytes = await readFile(file).catch(() => {
    throw new SingleshotError('E_MODEL_MISSING', {
      where: 'train',
      rule: `expected a run to resume`,
      got: 'none',
      file,
    })
  })
  const config = JSON.parse(
    await readFile(join(request.out, RUN_FILES.config), 'utf8'),
  ) as RunConfig
  const budget = (request.epochs ?? request.minutes) ? budgetOf(request) : config.budget
  const model = readModel(bytes, file)
  const { step, seconds } = model.notes as { step: number; seconds: number }
  const opened = await openData(config.data, {
    ...dataOptions(request),
    split: config.split,
    classes: config.model.classes,
  })
  const validation = await openValidation(config, request)
  const prepared = await prepareData(
    { opened, validation },
    { ...request, inputSize: config.model.input },
  )
  const resume = { state: new Map(model.weights), step, seconds }
  return runIn(request, { ...config, budget }, { ...prepared, resume })
}

interface Material extends PreparedData {
  readonly weights?: TrainWeights
  readonly resume?: Parameters<typeof runTraining>[0]['resume']
}
type TrainWeights = Parameters<typeof runTraining>[0]['weights']

async function runIn(
  request: TrainRequest,
  config: RunConfig,
  material: Material,
): Promise<TrainResult> {
  const { opened, validation, pictures, weights, resume } = material
  const engine = createEngine(request)
  try {
    const recorder: Recorder = await createRecorder({
      ...config,
      snapshots: config.snapshots,
      run: request.out,
      validation,
      engine,
      resumed: resume !== undefined,
    })
    const summary = await runTraining({
      engine,
      config: config.model,
      train: config.train,
      augment: config.augment,
      budget: config.budget,
      examples: opened.dataset.examples,
      pictures,
      resume,
      weights,
      signal: request.signal,
      onStep: request.onStep,
      onEpoch: (report) => recorder.record(report),
    })
    await writeJson(request.out, RUN_FILES.summary, { ...summary, mAP50: recorder.best })
    return { ...summary, run: request.out, mAP50: recorder.best }
  } finally {
    await engine.close()
  }
}

function budgetOf({ epochs, minutes }: TrainRequest): Budget {
  const [name, value] =
    minutes === undefined ? ['epochs', epochs ?? DEFAULT_EPOCHS] : ['minutes', minutes]
  if (!((value as number) > 0))
    throw new SingleshotError('E_CONFIG', {
      where: 'train',
      rule: `expected ${name} above 0`,
      got: value,
    })
  return minutes === undefined ? { epochs: epochs ?? DEFAULT_EPOCHS } : { minutes }
}

/** Not strict yet: problems of annotations and of pictures are to be told together. */
const dataOptions = ({ onProblem, signal }: TrainRequest) => ({ onProblem, signal })

async function openValidation(config: RunConfig, request: TrainRequest): Promise<Data | null> {
  if (config.validate === undefined) return null
  const { classes } = config.model
  return openData(config.data, { ...dataOptions(request), split: config.validate, classes })
}
