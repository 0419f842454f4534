/** @file The pictures of a batch, fetched side by side. */
import type { Example } from '../dataset/dataset.ts'
import type { Pyramid } from '../image/pyramid.ts'
import type { Transform } from '../image/transform.ts'

/** A picture that is ready to be sampled; it may be kept smaller than the original. */
export interface SampledPicture {
  readonly pyramid: Pyramid
  /** From pixels of the original to pixels of the pyramid's level 0. */
  readonly scale: Transform
  /** The example whose picture it is, where another's could not be read. */
  readonly example?: Example
}

/** Gives an example's picture. */
export type PictureSource = (example: Example) => Promise<SampledPicture>

/**
 * Pictures fetched at once. As many threads decode (libuv's and sharp's default); more would only hold more whole
 * photographs in memory.
 */
const FETCHED_AT_ONCE = 4

/** A picture and the example that it shows. */
export type Shown = Required<SampledPicture>

/**
 * The pictures of examples, in their order.
 * @throws what the source throws for the first example that fails, once every picture that was begun has ended
 */
export async function fetchPictures(
  examples: readonly Example[],
  source: PictureSource,
): Promise<Shown[]> {
  const results: PromiseSettledResult<Shown>[] = []
  const queue = examples.entries()
  // Each lane takes the next example from the queue that all share.
  const lane = async () => {
    for (const [i, example] of queue)
      [results[i]] = await Promise.allSettled([show(example, source)])
  }
  await Promise.all(Array.from({ length: FETCHED_AT_ONCE }, lane))
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })
}

/** An example's own picture, or that of another which takes its place. */
async function show(example: Example, source: PictureSource): Promise<Shown> {
  return { example, ...(await source(example)) }
}
