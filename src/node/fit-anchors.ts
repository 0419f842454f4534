/** @file Do a preset's anchors fit the labelled objects of a folder? And numbers that fit better: what `anchors` does. */
import * as z from 'zod'
import { type CoverageReport, reportCoverage } from '../anchor/coverage-report.ts'
import type { FeatureMapConfig } from '../anchor/feature-maps.ts'
import { fitAnchors, fitObjects } from '../anchor/fit.ts'
import type { Size } from '../box/box.ts'
import { checkOptions } from '../check/check-options.ts'
import {
  callbackSchema,
  type PartsOf,
  pathSchema,
  signalSchema,
  textSchema,
} from '../check/schemas.ts'
import { inputSizeSchema, type ModelConfig } from '../config/model.ts'
import { DEFAULT_PRESET, describePreset, PRESET_NAMES, type PresetName } from '../config/presets.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { requireObjects, summariseData } from '../dataset/summary.ts'
import { FORMAT_NAMES, type FormatName } from '../label/format-names.ts'
import { openTrainingSplit } from './data/training-data.ts'
import type { Listener, ProblemEvent } from './events.ts'
import { writeNewFile } from './files/new-file.ts'

/** What to measure. */
export interface AnchorsRequest {
  /** A folder of labelled pictures. */
  readonly data: string
  /** The format of the labels; undefined: it is recognised. */
  readonly format?: FormatName | undefined
  /** Default: `trainval` if there is one, else `train`, else everything. */
  readonly split?: string | undefined
  /** A preset's name, default 'tiny'. */
  readonly model?: PresetName | undefined
  /** Input size of the network, pixels; default the preset's. */
  readonly input?: Size | undefined
  /** A config file to make, with anchors that fit; undefined: none is looked for. */
  readonly fit?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** Told of each problem of the labels. */
  readonly onEvent?: Listener<ProblemEvent>
}

const requestSchema = z.strictObject({
  data: pathSchema,
  format: z.enum(FORMAT_NAMES).optional(),
  split: textSchema.optional(),
  model: z.enum(PRESET_NAMES).optional(),
  input: z.optional(inputSizeSchema),
  fit: pathSchema.optional(),
  signal: signalSchema.optional(),
  onEvent: callbackSchema.optional(),
} satisfies PartsOf<AnchorsRequest>)

/** What was found. */
export interface AnchorsResult {
  readonly model: PresetName
  /** The data's name and split. */
  readonly data: string
  readonly coverage: CoverageReport
  /** What the anchors of the config file cover; null where none was asked for. */
  readonly fitted: { readonly file: string; readonly coverage: CoverageReport } | null
}

/**
 * Measures how well a preset's anchors fit labelled objects, before anything is trained.
 * @throws SingleshotError E_CONFIG; as opening the data; E_NO_OBJECTS; E_OUTPUT_EXISTS, E_WRITE; the signal's reason
 */
export async function measureAnchors(request: AnchorsRequest): Promise<AnchorsResult> {
  checkOptions(requestSchema, request, 'measureAnchors')
  const { model = DEFAULT_PRESET, input, fit } = request
  const { dataset } = await openTrainingSplit(request)
  requireObjects(summariseData(dataset))
  const sizes = dataset.examples.map(({ size }) => size)
  const described = describePreset(model, dataset.classes, sizes)
  const config = input === undefined ? described : { ...described, input: { ...input } }
  const coverage = reportCoverage(dataset, config, config.match)
  if (fit === undefined) return { model, data: dataset.name, coverage, fitted: null }
  const featureMaps = fittedMaps(config, dataset)
  const patch = { model: { input: config.input, featureMaps } }
  await writeNewFile(fit, `${JSON.stringify(patch, null, 2)}\n`, {
    where: 'anchors',
    signal: request.signal,
  })
  const after = reportCoverage(dataset, { ...config, featureMaps }, config.match)
  return { model, data: dataset.name, coverage, fitted: { file: fit, coverage: after } }
}

/** Feature maps of a model whose anchors fit a dataset. */
export function fittedMaps(
  config: ModelConfig,
  { examples }: Pick<Dataset, 'examples'>,
): FeatureMapConfig[] {
  return fitAnchors(config, fitObjects(examples, config.input), config.match)
}
