/** @file How good a model is on a labelled dataset. */

import { checkOptions } from '../config/check-options.ts'
import { detectImage } from '../detect/detect.ts'
import type { Detection } from '../detect/detection.ts'
import type { DetectionNetwork } from '../detect/network.ts'
import { type EvaluationReport, makeReport } from '../evaluate/report.ts'
import { type Data, openData } from './data.ts'
import type { LoadedModel } from './model.ts'
import type { ReadVocOptions } from './read-voc.ts'
import { evaluateOptionsSchema } from './request-schemas.ts'

/** What to evaluate on. */
export interface EvaluateOptions {
  /** A Pascal VOC folder. */
  readonly data: string
  /** Default 'test'. */
  readonly split?: string
  readonly onProblem?: ReadVocOptions['onProblem']
  /** Called after each image. */
  readonly onImage?: (done: number, total: number) => void
}

/**
 * Evaluates a model by Pascal VOC's rule.
 * @throws SingleshotError E_CONFIG for an option that is unknown or out of range; as opening the data; E_CLASS_UNKNOWN when the data has a class the model lacks
 */
export async function evaluate(
  model: LoadedModel,
  options: EvaluateOptions,
): Promise<EvaluationReport> {
  checkOptions(evaluateOptionsSchema, options, 'evaluate')
  const { data, split = 'test', onImage, onProblem } = options
  const opened = await openData(data, {
    split,
    classes: model.classes,
    ...(onProblem && { onProblem }),
  })
  return evaluateOn(model.network, opened, onImage)
}

/** The same on data that is already open. */
export async function evaluateOn(
  network: DetectionNetwork,
  { dataset, readImage }: Data,
  onImage?: EvaluateOptions['onImage'],
): Promise<EvaluationReport> {
  const images: {
    groundTruth: Data['dataset']['examples'][number]['objects']
    detections: Detection[]
  }[] = []
  // The next picture is decoded while the engine looks at this one.
  let upcoming = readImage(dataset.examples[0]!)
  for (const [i, example] of dataset.examples.entries()) {
    const image = await upcoming
    const next = dataset.examples[i + 1]
    if (next !== undefined) upcoming = readImage(next)
    upcoming.catch(() => undefined)
    const { detections } = await detectImage(network, image)
    images.push({ groundTruth: example.objects, detections })
    onImage?.(i + 1, dataset.examples.length)
  }
  return makeReport(images, network.config.classes)
}
