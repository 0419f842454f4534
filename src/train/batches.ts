/**
 * @file From examples to what a step is fed: pictures augmented, objects matched to anchors, offsets
 * worked out. No gradient flows here; all of it is plain numbers, made while the engine computes the
 * former step.
 *
 * The examples form one endless row: epoch after epoch, each in an order of its own. Step s takes places
 * s·N to s·N + N - 1 of the row, and the place (not what came before) names the random choices made there.
 *
 * Shapes: N images, A anchors, H and W of the network's input.
 */
import type { Anchors } from '../anchor/anchors.ts'
import { drawAugmentation } from '../augment/augment.ts'
import type { AugmentOptions } from '../augment/options.ts'
import { packCorners } from '../box/box.ts'
import type { ModelConfig } from '../config/model.ts'
import type { Example } from '../dataset/dataset.ts'
import type { Shape } from '../graph/tensor.ts'
import { composeColours } from '../image/colour-matrix.ts'
import { normalisationMatrix } from '../image/normalise.ts'
import type { Pyramid } from '../image/pyramid.ts'
import { sampleInto } from '../image/sample.ts'
import { composeTransforms, type Transform } from '../image/transform.ts'
import { writeTargets } from '../match/targets.ts'
import { createRandom } from '../random/random.ts'

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

/** Random numbers for orders and for pictures must not repeat each other. */
const ORDER_SEED = 1
const PICTURE_SEED = 2

/** Which example stands at a place of the endless row. */
export function exampleAt(
  { examples, seed }: Pick<BatchSource, 'examples' | 'seed'>,
  place: number,
): Example {
  const epoch = Math.floor(place / examples.length)
  const order = createRandom(seed, ORDER_SEED, epoch).permutation(examples.length)
  return examples[order[place % examples.length]!]!
}

/** Makes the batch of a step. @param step 0-based */
export async function makeBatch(source: BatchSource, step: number): Promise<Batch> {
  const arrays = createBatch(source)
  const ids: string[] = []
  for (let image = 0; image < source.batch; image++)
    ids.push(await fillImage(source, arrays, image, step * source.batch + image))
  return { ...arrays, ids }
}

type BatchArrays = Omit<Batch, 'ids'> & { readonly matched: Int32Array }

function createBatch({ config, anchors, batch }: BatchSource): BatchArrays {
  const { width, height } = config.input
  const rows = batch * anchors.count
  return {
    images: new Float32Array(batch * 3 * height * width),
    classTargets: new Int32Array(rows),
    offsetTargets: new Float32Array(rows * 4),
    matched: new Int32Array(rows),
    shapes: {
      images: [batch, 3, height, width],
      classTargets: [batch, anchors.count],
      offsetTargets: [batch, anchors.count, 4],
    },
  }
}

/** Writes one image and its targets into the batch. @returns the example's id */
async function fillImage(
  source: BatchSource,
  arrays: BatchArrays,
  image: number,
  place: number,
): Promise<string> {
  const { config, anchors, augment } = source
  const wanted = exampleAt(source, place)
  const { pyramid, scale, example = wanted } = await source.pictures(wanted)
  const random = createRandom(source.seed, PICTURE_SEED, place)
  const drawn = drawAugmentation(example, config.input, random, augment)
  const map = composeTransforms(drawn.map, scale)
  const colour = composeColours(drawn.colour, normalisationMatrix(config.normalisation))
  const offset = image * 3 * config.input.width * config.input.height
  sampleInto(pyramid, { map, colour, fill: drawn.fill }, arrays.images, offset, config.input)
  const corners = packCorners(drawn.objects.map((object) => object.box))
  const classIds = drawn.objects.map((object) => object.classId)
  const options = { ...config.match, boxCoder: config.boxCoder }
  writeTargets({ corners, classIds }, anchors, { arrays, image }, options)
  return example.id
}
