/** @file Looking at all pictures before anything long begins: what cannot be read is left out, and told at once. */
import { keepExamples } from '../../dataset/keep-examples.ts'
import { createProblemList, type ProblemOptions } from '../../dataset/problem-list.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { Listener, ProblemEvent, ProgressEvent } from '../events.ts'
import { mapInParallel } from '../files/in-parallel.ts'
import type { PictureCache } from '../picture/picture-cache.ts'
import type { Data } from './data.ts'

/** How to check. */
export interface CheckPicturesOptions extends Omit<ProblemOptions, 'onEvent'> {
  /** Decoded pictures go in here while it has room, so that none of them is decoded twice. */
  readonly cache?: PictureCache | undefined
  /** Ends the check between two pictures. */
  readonly signal?: AbortSignal | undefined
  /** Also told after each picture. */
  readonly onEvent?: Listener<ProblemEvent | ProgressEvent<'check'>>
}

/** Pictures that are decoded at once: as many as Node.js has threads for it. */
const PICTURES_AT_ONCE = 4

/**
 * Checks the pictures of a dataset: by decoding them while the cache has room, the rest by a cheaper look.
 * @returns the data without those that cannot be read
 * @throws SingleshotError E_NO_IMAGES if none is left; if `strict`, as reading a picture
 */
export async function checkPictures<Checked extends Data>(
  data: Checked,
  options: CheckPicturesOptions = {},
): Promise<Checked> {
  const { cache, signal, onEvent } = options
  const { examples } = data.dataset
  let done = 0
  const faults = await mapInParallel(
    examples,
    { atOnce: PICTURES_AT_ONCE, signal },
    async (one) => {
      const looking = cache?.hasRoomFor(one) ? cache.get(one) : data.checkImage(one, { signal })
      const fault = await looking.then(() => null, asProblem)
      onEvent?.({ type: 'progress', task: 'check', done: ++done, total: examples.length })
      return fault
    },
  )
  const list = createProblemList(options)
  for (const fault of faults) if (fault !== null) list.leaveOutImage([fault])
  const good = examples.filter((_, i) => faults[i] === null)
  return { ...data, dataset: keepExamples(data.dataset, good, list) }
}

function asProblem(error: unknown): SingleshotError {
  if (error instanceof SingleshotError) return error
  throw error
}
