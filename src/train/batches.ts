/**
 * @file From examples to what a step is fed: pictures augmented, objects matched to anchors, offsets
 * worked out. No gradient flows here; all of it is plain numbers, made while the engine computes the
 * former step.
 *
 * The examples form one endless row: epoch after epoch, each in an order of its own. Batch b takes places
 * b·N to b·N + N - 1 of the row, and the place (not what came before) names the random choices made there.
 *
 * Shapes: N images, A anchors, H and W of the network's input.
 */
import type { Example } from '../dataset/dataset.ts'
import type { RunResult } from '../engine/engine.ts'
import type { Shape } from '../graph/tensor.ts'
import { createRandom } from '../random/random.ts'
import { fillImage, type ImageMaking, picturesAt } from './fill-image.ts'
import { createRow } from './order.ts'
import { fetchPictures, type PictureSource } from './pictures.ts'

/** What a training step is fed. */
export interface Batch {
  /** [N, 3, H, W], normalised. */
  readonly images: Float32Array<ArrayBuffer>
  /** [N, A]: 0 background, -1 nothing is asked, else class id + 1. */
  readonly classTargets: Int32Array<ArrayBuffer>
  /** [N, A, 4]. */
  readonly offsetTargets: Float32Array<ArrayBuffer>
  readonly shapes: Readonly<Record<'images' | 'classTargets' | 'offsetTargets', Shape>>
  /** The examples it was made from, for messages; those of a mosaic joined by `+`. */
  readonly ids: readonly string[]
}

/** What batches are made from. */
export interface BatchSource extends ImageMaking {
  readonly examples: readonly Example[]
  readonly pictures: PictureSource
  readonly batch: number
}

/** Makes batches, in buffers that are used again and again: fresh memory costs more than filling it. */
export interface BatchMaker {
  /**
   * A batch of the run. The next one may be made before this one is given back.
   * @param number 0-based @throws whatever the picture source throws
   */
  make(number: number): Promise<Batch>
  /** Takes back the buffers of a batch that was computed. */
  giveBack(returned: RunResult['returned']): void
}

/** Makes the maker of a run's batches. */
export function createBatches(source: BatchSource): BatchMaker {
  const exampleAt = createRow(source.examples, source.seed)
  const free: Buffers[] = []
  const matched = new Int32Array(source.batch * source.anchors.count)
  return {
    make: async (number) => {
      const places = Array.from({ length: source.batch }, (_, i) => number * source.batch + i)
      const wanted = places.map((place) => examplesAt(source, exampleAt(place), place))
      const fetched = await fetchPictures(wanted.flat(), source.pictures)
      const shown = wanted.map(({ length }) => fetched.splice(0, length))
      const arrays = { ...(free.pop() ?? createBuffers(source)), matched }
      for (const [image, place] of places.entries())
        fillImage(source, arrays, { image, place, shown: shown[image]! })
      const { images, classTargets, offsetTargets } = arrays
      const ids = shown.map((pictures) => pictures.map(({ example }) => example.id).join('+'))
      return { images, classTargets, offsetTargets, shapes: shapesOf(source), ids }
    },
    giveBack: ({ images, classTargets, offsetTargets }) => {
      free.push({ images, classTargets, offsetTargets } as Buffers)
    },
  }
}

/** Random numbers for the companions in a mosaic must not repeat any other. */
const COMPANION_SEED = 4

/** The example of a place, and, where a mosaic is to be made, three that chance names. */
function examplesAt(source: BatchSource, own: Example, place: number): Example[] {
  const random = createRandom(source.seed, COMPANION_SEED, place)
  const others = Array.from({ length: picturesAt(source, place) - 1 }, () =>
    random.pick(source.examples),
  )
  return [own, ...others]
}

type Buffers = Pick<Batch, 'images' | 'classTargets' | 'offsetTargets'>

function shapesOf({ config, anchors, batch }: BatchSource): Batch['shapes'] {
  const { width, height } = config.input
  return {
    images: [batch, 3, height, width],
    classTargets: [batch, anchors.count],
    offsetTargets: [batch, anchors.count, 4],
  }
}

function createBuffers({ config, anchors, batch }: BatchSource): Buffers {
  const { width, height } = config.input
  const rows = batch * anchors.count
  return {
    images: new Float32Array(batch * 3 * height * width),
    classTargets: new Int32Array(rows),
    offsetTargets: new Float32Array(rows * 4),
  }
}
