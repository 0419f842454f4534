/** @file Detecting in one picture or in many: a folder, a list, a camera. */
import { stat } from 'node:fs/promises'
import { orAborted } from '../call/or-aborted.ts'
import { checkOptions } from '../check/check-options.ts'
import { detectImage } from '../detect/detect.ts'
import { type Detection, SHOWN_SCORE } from '../detect/detection.ts'
import type { LoadedModel } from '../detect/loaded-model.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { detectEach } from './detect-each.ts'
import type { DetectManyOptions, DetectOptions, Found, PathDetections } from './detect-request.ts'
import { detectRequestSchema } from './detect-request.ts'
import type { Sequence } from './files/ahead.ts'
import { findPictures } from './picture/find-pictures.ts'
import { type Picture, pathOf, toImage } from './picture/to-image.ts'

export type { DetectManyOptions, DetectOptions, Found, PathDetections } from './detect-request.ts'
export type { Picture } from './picture/to-image.ts'

/**
 * Detects objects in the picture at a path, or in each picture of a folder.
 *
 *     const detections = await detect(model, 'photo.jpg')
 *     for await (const { picture, detections } of detect(model, 'photos')) …
 *
 * @returns to await: best first, boxes in pixels of the upright picture; to go through: as for many pictures
 * @throws SingleshotError as for one picture, and E_ARGUMENT for a folder that is awaited; as for many
 */
export function detect(
  model: LoadedModel,
  path: string | URL,
  options?: DetectManyOptions,
): PathDetections
/**
 * Detects objects in a picture.
 * @returns best first; boxes in pixels of the upright picture
 * @throws SingleshotError E_IMAGE_MISSING, E_IMAGE_UNREADABLE; E_ARGUMENT for what is no picture; E_CONFIG for an
 * option that is unknown or out of range; the signal's reason
 */
export function detect(
  model: LoadedModel,
  picture: Picture,
  options?: DetectOptions,
): Promise<Detection[]>
/**
 * Detects objects in many pictures: a list, or whatever gives one after another, e.g. a generator that reads a camera.
 * A few pictures are decoded ahead while the network looks at former ones, several at once where that is faster; nothing
 * grows with their number. Leaving the loop ends the reading.
 *
 *     for await (const { index, detections } of detect(model, pictures, { onEvent })) …
 *
 * @returns one result for each picture that can be read, in their order
 * @throws SingleshotError as for one picture; with `strict`, or where not one could be read, what is wrong with the
 * first; whatever the source throws
 */
export function detect<P extends Picture>(
  model: LoadedModel,
  pictures: Iterable<P> | AsyncIterable<P>,
  options?: DetectManyOptions,
): AsyncIterable<Found<P>>
export function detect(
  model: LoadedModel,
  input: Picture | Sequence<Picture>,
  options: DetectManyOptions = {},
): Promise<Detection[]> | AsyncIterable<Found> {
  if (typeof input === 'string' || input instanceof URL) return detectAt(model, input, options)
  return isMany(input) ? detectMany(model, input, options) : detectOne(model, input, options)
}

/** Bytes can be gone through too, but are one picture. */
const isMany = (input: Picture | Sequence<Picture>): input is Sequence<Picture> =>
  typeof input === 'object' &&
  input !== null &&
  !ArrayBuffer.isView(input) &&
  (Symbol.iterator in input || Symbol.asyncIterator in input)

function detectAt(model: LoadedModel, path: string | URL, options: DetectManyOptions) {
  let many = false
  // Begins when the caller's expression is done: by then a loop has asked for the iterator.
  const one = Promise.resolve().then(() => (many ? [] : detectOne(model, path, options)))
  one.catch(() => undefined) // Nobody awaits it who goes through a folder; who awaits it is told.
  return Object.assign(one, {
    [Symbol.asyncIterator]: () => {
      many = true
      return detectMany(model, picturesAt(path, options), options)
    },
  })
}

/** The picture at a path, or the pictures in the folder there. */
async function* picturesAt(path: string | URL, { recursive = false, onEvent }: DetectManyOptions) {
  const onMessage = (message: string) => onEvent?.({ type: 'message', message })
  yield* await findPictures([pathOf(path)], { recursive, onMessage })
}

async function detectOne(
  model: LoadedModel,
  picture: Picture,
  options: DetectManyOptions,
): Promise<Detection[]> {
  const { thresholds, signal } = read(options)
  signal?.throwIfAborted()
  const image = await toImage(picture, { signal }).catch(async (error) => {
    throw (await isFolder(picture)) ? folderError(picture) : error
  })
  return (await orAborted(detectImage(model.network, image, thresholds), signal)).detections
}

async function* detectMany<P extends Picture>(
  model: LoadedModel,
  pictures: Sequence<P>,
  options: DetectManyOptions,
): AsyncGenerator<Found<P>, void, void> {
  const { thresholds, signal, strict, onEvent } = read(options)
  let first: SingleshotError | undefined
  let found = 0
  for await (const outcome of detectEach(model, pictures, { thresholds, signal })) {
    const { index, picture, problem } = outcome
    if (problem === undefined) {
      found++
      const { width, height } = outcome.image
      yield { index, picture, width, height, detections: outcome.detections }
      continue
    }
    if (strict) throw problem
    first ??= problem
    onEvent?.({ type: 'problem', problem, index, picture })
  }
  // That nothing can be read is no detail to pass over.
  if (found === 0 && first !== undefined) throw first
}

/** The options, checked and told apart. */
function read(options: DetectManyOptions) {
  const checked = checkOptions(detectRequestSchema, options, 'detect')
  const { signal, strict = false, recursive: _, onEvent: __, ...thresholds } = checked
  const shown = { scoreThreshold: SHOWN_SCORE, ...thresholds }
  return { thresholds: shown, signal, strict, onEvent: options.onEvent }
}

const isFolder = async (picture: Picture) =>
  (typeof picture === 'string' || (picture instanceof URL && picture.protocol === 'file:')) &&
  ((await stat(picture).catch(() => null))?.isDirectory() ?? false)

function folderError(picture: Picture): SingleshotError {
  return new SingleshotError('E_ARGUMENT', {
    where: 'detect',
    rule: 'expected one picture to await; a folder is gone through: for await (const found of detect(model, folder))',
    got: `the folder ${picture}`,
  })
}
