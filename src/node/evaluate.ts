/** @file How good a model is on a labelled dataset. */

import * as z from 'zod'
import { orAborted } from '../call/or-aborted.ts'
import { checkOptions } from '../check/check-options.ts'
import {
  callbackSchema,
  type PartsOf,
  pathSchema,
  signalSchema,
  textSchema,
} from '../check/schemas.ts'
import type { Example } from '../dataset/dataset.ts'
import { keepExamples } from '../dataset/keep-examples.ts'
import {
  createProblemList,
  type ProblemList,
  type ProblemOptions,
} from '../dataset/problem-list.ts'
import { TEST_SPLIT } from '../dataset/split.ts'
import { type DataSummary, summariseData } from '../dataset/summary.ts'
import { detectImage } from '../detect/detect.ts'
import type { DetectionNetwork } from '../detect/network.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { EvaluatedImage } from '../evaluate/images.ts'
import { type EvaluationReport, makeReport } from '../evaluate/report.ts'
import type { Image } from '../image/image.ts'
import { DIFFICULT_IN_JUDGING, type DifficultInJudging } from '../label/difficult.ts'
import { FORMAT_NAMES, type FormatName } from '../label/format-names.ts'
import { type Data, openData } from './data/data.ts'
import type { EvaluateEvent, Listener } from './events.ts'
import type { LoadedModel } from './model.ts'

/** How to go through the pictures. */
export interface EvaluateOnOptions extends Omit<ProblemOptions, 'onEvent'> {
  /** Ends the evaluation at once with its reason. */
  readonly signal?: AbortSignal | undefined
  /** Told of every problem, and after each picture. */
  readonly onEvent?: Listener<EvaluateEvent>
}

/** What to evaluate on. */
export interface EvaluateOptions extends EvaluateOnOptions {
  /** A folder of labelled pictures. */
  readonly data: string
  /** The format of its labels; undefined: it is recognised. */
  readonly format?: FormatName | undefined
  /** Default 'test'. */
  readonly split?: string | undefined
  /** Whether objects marked difficult count neither way, as in Pascal VOC, or as any other. Default 'ignore'. */
  readonly difficult?: DifficultInJudging | undefined
}

/** What `evaluate` takes. */
const evaluateOptionsSchema = z.strictObject({
  data: pathSchema,
  format: z.enum(FORMAT_NAMES).optional(),
  split: textSchema.optional(),
  difficult: z.enum(DIFFICULT_IN_JUDGING).optional(),
  strict: z.boolean().optional(),
  signal: signalSchema.optional(),
  onEvent: callbackSchema.optional(),
} satisfies PartsOf<EvaluateOptions>)

/** Scores, and what they were measured on. */
export interface Evaluation extends EvaluationReport {
  /** The pictures that were judged, and what was left out. */
  readonly data: DataSummary
}

/**
 * Evaluates a model by Pascal VOC's rule. A picture that cannot be read is left out and counted, unless `strict`.
 * @throws SingleshotError E_CONFIG for an option that is unknown or out of range; as
 * opening the data; E_CLASS_UNKNOWN when the data has a class the model lacks; the signal's reason
 * @example
 * ```js
 * import { evaluate, formatReport, loadModel } from 'singleshot'
 *
 * const model = await loadModel('run')
 * const report = await evaluate(model, { data: 'shapes', split: 'test' })
 * console.log(report.data.images) // → 4
 * console.log(formatReport(report))
 * await model.close()
 * ```
 */
export async function evaluate(model: LoadedModel, options: EvaluateOptions): Promise<Evaluation> {
  checkOptions(evaluateOptionsSchema, options, 'evaluate')
  const { data, format, split = TEST_SPLIT, difficult, ...rest } = options
  const opened = await openData(data, { ...rest, split, format, classes: model.classes })
  return evaluateOn(model.network, difficult === 'count' ? allCounted(opened) : opened, rest)
}

/** The data with no object marked difficult. Crowds stay what they are: they are no objects. */
function allCounted(data: Data): Data {
  const examples = data.dataset.examples.map((example) => {
    const objects = example.objects.map((one) => (one.crowd ? one : { ...one, difficult: false }))
    return { ...example, objects }
  })
  return { ...data, dataset: { ...data.dataset, examples } }
}

/** The same on data that is already open. */
export async function evaluateOn(
  network: DetectionNetwork,
  data: Pick<Data, 'dataset' | 'readImage'>,
  options: EvaluateOnOptions = {},
): Promise<Evaluation> {
  const { examples } = data.dataset
  const { signal, onEvent } = options
  const list = createProblemList(options)
  const images: EvaluatedImage[] = []
  const judged: Example[] = []
  let done = 0
  for await (const { example, image } of pictures(data, list, options)) {
    if (image !== null) {
      const { detections } = await orAborted(detectImage(network, image), signal)
      images.push({ groundTruth: example.objects, detections })
      judged.push(example)
    }
    onEvent?.({ type: 'progress', task: 'evaluate', done: ++done, total: examples.length })
  }
  const summary = summariseData(keepExamples(data.dataset, judged, list))
  return { ...makeReport(images, network.config.classes), data: summary }
}

/** Every example with its picture, null where it cannot be read; the next is decoded while the engine looks at this one. */
async function* pictures(
  { dataset: { examples }, readImage }: Pick<Data, 'dataset' | 'readImage'>,
  list: ProblemList,
  { signal }: EvaluateOnOptions,
): AsyncGenerator<{ example: Example; image: Image | null }> {
  const read = async (example: Example) => {
    try {
      return { image: await readImage(example, { signal }) }
    } catch (error) {
      return { error }
    }
  }
  let upcoming = read(examples[0]!)
  for (const [i, example] of examples.entries()) {
    signal?.throwIfAborted()
    const reading = await upcoming
    const next = examples[i + 1]
    if (next !== undefined) upcoming = read(next)
    if ('image' in reading) yield { example, image: reading.image }
    else if (reading.error instanceof SingleshotError) {
      list.leaveOutImage([reading.error])
      yield { example, image: null }
    } else throw reading.error
  }
}
