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
import type { Anchors } from '../anchor/anchors.ts'
import { drawAugmentation } from '../augment/augment.ts'
import type { AugmentOptions } from '../augment/options.ts'
import { packCorners } from '../box/box.ts'
import type { ModelConfig } from '../config/model.ts'
import type { Example } from '../dataset/dataset.ts'
import type { RunResult } from '../engine/engine.ts'
import type { Shape } from '../graph/tensor.ts'
import { composeColours } from '../image/colour-matrix.ts'
import { normalisationMatrix } from '../image/normalise.ts'
import { sampleInto } from '../image/sample.ts'
import { composeTransforms } from '../image/transform.ts'
import { writeTargets } from '../match/targets.ts'
import { createRandom } from '../random/random.ts'
import { createRow } from './order.ts'
import { fetchPictures, type PictureSource, type Shown } from './pictures.ts'

/** What a training step is fed. */
export interface Batch {
  /** [N, 3, H, W], normalised. */
  readonly images: Float32Array<ArrayBuffer>
  /** [N, A]: 0 background, else class id + 1. */
  readonly classTargets: Int32Array<ArrayBuffer>
  /** [N, A, 4]. */
  readonly offsetTargets: Float32Array<ArrayBuffer>
  readonly shapes: Readonly<Record<'images' | 'classTargets' | 'offsetTargets', Shape>>
  /** The examples it was made from, for messages. */
  readonly ids: readonly string[]
}

/** What batches are made from. */
export interface BatchSource {
  readonly config: ModelConfig
  readonly anchors: Anchors
  readonly examples: readonly Example[]
  readonly pictures: PictureSource
  readonly augment: AugmentOptions
  readonly batch: number
  readonly seed: number
}

/** Random numbers for pictures must not repeat those for orders (order.ts). */
const PICTURE_SEED = 2

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
      const shown = await fetchPictures(places.map(exampleAt), source.pictures)
      const arrays = { ...(free.pop() ?? createBuffers(source)), matched }
      for (const [image, place] of places.entries())
        fillImage(source, arrays, { image, place, ...shown[image]! })
      const { images, classTargets, offsetTargets } = arrays
      const ids = shown.map(({ example }) => example.id)
      return { images, classTargets, offsetTargets, shapes: shapesOf(source), ids }
    },
    giveBack: ({ images, classTargets, offsetTargets }) => {
      free.push({ images, classTargets, offsetTargets } as Buffers)
    },
  }
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

/** One image of a batch: its place in it and in the endless row, and what is shown there. */
interface Slot extends Shown {
  readonly image: number
  readonly place: number
}

/** Writes one image and its targets into the batch, over whatever was there. */
function fillImage(
  { config, anchors, augment, seed }: BatchSource,
  arrays: Buffers & { readonly matched: Int32Array },
  { image, place, example, pyramid, scale }: Slot,
): void {
  const random = createRandom(seed, PICTURE_SEED, place)
  const drawn = drawAugmentation(example, config.input, random, augment)
  const map = composeTransforms(drawn.map, scale)
  const colour = composeColours(drawn.colour, normalisationMatrix(config.normalisation))
  const offset = image * 3 * config.input.width * config.input.height
  sampleInto(pyramid, { map, colour, fill: drawn.fill }, arrays.images, offset, config.input)
  const corners = packCorners(drawn.objects.map((object) => object.box))
  const classIds = drawn.objects.map((object) => object.classId)
  const options = { ...config.match, boxCoder: config.boxCoder }
  writeTargets({ corners, classIds }, anchors, { arrays, image }, options)
}
