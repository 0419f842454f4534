/**
 * @file Detecting in many pictures, one after another. While the network looks at some, the next are read and decoded;
 * all that is ahead is bounded, so the memory does not grow with the number of pictures.
 *
 *     pictures ──decode──▶ groups of what is ready ──network──▶ results, in the order of the pictures
 *
 * Where so many pictures are ready, {@link BATCH} of them go through the network at once.
 */
import type { DetectConfig } from '../config/detect.ts'
import { type DetectResult, detectBatch, detectImage } from '../detect/detect.ts'
import { BATCH, type LoadedModel } from '../detect/loaded-model.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { Image } from '../image/image.ts'
import { groupsAhead, type Sequence } from './files/ahead.ts'
import { type Picture, toImage } from './picture/to-image.ts'

/** A picture in its place among all. */
interface Place<P> {
  /** From 0; pictures that cannot be read count. */
  readonly index: number
  /** What was handed over. */
  readonly picture: P
}

/** A picture that cannot be read, and why. */
interface Unread<P> extends Place<P> {
  readonly problem: SingleshotError
  readonly image?: undefined
}

interface Decoded<P> extends Place<P> {
  readonly image: Image
  readonly problem?: undefined
}

/** What became of a picture: what was found in it, or what is wrong with it. */
export type Outcome<P> = Unread<P> | (Decoded<P> & DetectResult)

/** How to go through the pictures. */
export interface DetectEachOptions {
  /** Thresholds that differ from the model's own. */
  readonly thresholds: Partial<DetectConfig>
  readonly signal?: AbortSignal | undefined
}

/**
 * Pictures that are decoded, or being decoded, while the network looks at former ones: a thread of libuv's pool for
 * each, and as many as go into a batch. More would only hold more whole photographs in memory.
 */
const DECODED_AHEAD = BATCH

/** Groups with the engine: it computes one while the next is drawn into its input. */
const GROUPS_AHEAD = 2

/**
 * Detects in each picture, in their order; one that cannot be read is told as a problem in its place.
 * @throws SingleshotError E_ARGUMENT for what is no picture; the signal's reason; whatever the source throws
 */
export async function* detectEach<P extends Picture>(
  model: Pick<LoadedModel, 'network' | 'batchNetwork'>,
  pictures: Sequence<P>,
  { thresholds, signal: told }: DetectEachOptions,
): AsyncGenerator<Outcome<P>, void, void> {
  const stop = new AbortController()
  // Whoever goes away while the source is silent must not wait for it.
  const signal = AbortSignal.any([stop.signal, ...(told === undefined ? [] : [told])])
  const read = (picture: P, index: number) => readOne(picture, index, signal)
  const groups = groupsAhead(pictures, { ahead: DECODED_AHEAD, most: BATCH, signal }, read)
  try {
    const look = (group: (Unread<P> | Decoded<P>)[]) => lookAt(model, group, thresholds)
    for await (const [outcomes] of groupsAhead(groups, { ahead: GROUPS_AHEAD, signal }, look))
      for (const outcome of outcomes!) {
        signal.throwIfAborted()
        yield outcome
      }
  } finally {
    stop.abort()
    await groups.return().catch(() => undefined)
  }
}

async function readOne<P extends Picture>(
  picture: P,
  index: number,
  signal: AbortSignal,
): Promise<Unread<P> | Decoded<P>> {
  try {
    return { index, picture, image: await toImage(picture, { signal }) }
  } catch (problem) {
    if (!isOfPicture(problem)) throw problem
    return { index, picture, problem }
  }
}

/** Whether an error is about one picture, so that the next one may well be read. */
const isOfPicture = (error: unknown): error is SingleshotError =>
  error instanceof SingleshotError &&
  (error.code === 'E_IMAGE_MISSING' || error.code === 'E_IMAGE_UNREADABLE')

async function lookAt<P>(
  model: Pick<LoadedModel, 'network' | 'batchNetwork'>,
  group: readonly (Unread<P> | Decoded<P>)[],
  thresholds: Partial<DetectConfig>,
): Promise<Outcome<P>[]> {
  const images = group.flatMap(({ image }) => image ?? [])
  const results = (await detectTogether(model, images, thresholds)).values()
  return group.map((reading) =>
    reading.image === undefined ? reading : { ...reading, ...results.next().value! },
  )
}

/** In one pass where the pictures make a whole batch, else one by one. */
async function detectTogether(
  { network, batchNetwork }: Pick<LoadedModel, 'network' | 'batchNetwork'>,
  images: readonly Image[],
  thresholds: Partial<DetectConfig>,
): Promise<DetectResult[]> {
  const batched = images.length === BATCH ? await batchNetwork() : null
  if (batched !== null) return detectBatch(batched, images, thresholds)
  return Promise.all(images.map((image) => detectImage(network, image, thresholds)))
}
