/** @file What happens to a run's data between being opened and being trained on: every picture is looked at once. */
import type { Size } from '../../box/box.ts'
import { type ProblemOptions, refuseProblems } from '../../dataset/problem-list.ts'
import { requireObjects, summariseData } from '../../dataset/summary.ts'
import type { PictureSource } from '../../train/pictures.ts'
import type { DataEvent, Listener, ProblemEvent, ProgressEvent } from '../events.ts'
import { createPictureCache } from '../picture/picture-cache.ts'
import { createPictureSource } from '../picture/picture-source.ts'
import { checkPictures } from './check-pictures.ts'
import type { Data } from './data.ts'

/** Opened data, to train on and to measure on. */
export interface RunData {
  readonly opened: Data
  readonly validation: Data | null
}

/** Data that is ready. */
export interface PreparedData extends RunData {
  /** The pictures to train on. */
  readonly pictures: PictureSource
}

/** How to prepare. */
export interface PrepareDataOptions extends Omit<ProblemOptions, 'onEvent'> {
  /** Of the network's input, pixels. */
  readonly inputSize: Size
  /** Ends the preparation between two pictures. */
  readonly signal?: AbortSignal | undefined
  /** Told after each picture of those to train on, and what there is to train on, once all of it is known. */
  readonly onEvent?: Listener<ProblemEvent | ProgressEvent<'check'> | DataEvent>
}

/**
 * Prepares the data of a run, before anything is written: what cannot be read is left out and told now, not after hours
 * of training. Pictures are decoded into memory while there is room: the first epoch would do that anyway.
 * @throws SingleshotError E_NO_OBJECTS, E_NO_IMAGES; if `strict`, one error for all that is wrong with the data, also
 * with its annotations
 */
export async function prepareData(
  { opened, validation }: RunData,
  { inputSize, strict, signal, onEvent }: PrepareDataOptions,
): Promise<PreparedData> {
  const cache = createPictureCache({ inputSize, read: (example) => opened.readImage(example) })
  const training = await checkPictures(opened, { cache, signal, onEvent })
  // How far the checking is, is told of the pictures to train on alone: they are most of them.
  const onProblem = (event: ProblemEvent | ProgressEvent) => {
    if (event.type === 'problem') onEvent?.(event)
  }
  const measured =
    validation === null ? null : await checkPictures(validation, { signal, onEvent: onProblem })
  const { examples, problems, name } = training.dataset
  if (strict) refuseProblems([...problems, ...(measured?.dataset.problems ?? [])], name)
  const summary = summariseData(training.dataset)
  onEvent?.({ type: 'data', data: summary })
  requireObjects(summary)
  const get: PictureSource = (example) => cache.get(example)
  const pictures = createPictureSource({ strict, onEvent, examples, get })
  return { opened: training, validation: measured, pictures }
}
