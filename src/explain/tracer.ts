/**
 * @file The network as it is traced: the detecting network, which also tells its logits and what each feature map
 * saw, and beside it the loss.
 *
 * Shapes: A anchors, K classes with background, one picture.
 */

import { type Anchors, type FeatureMap, generateAnchors } from '../anchor/anchors.ts'
import { featureMapsOf } from '../anchor/model-anchors.ts'
import { disposable } from '../call/disposable.ts'
import { checkModel } from '../config/check-model.ts'
import type { ModelConfig } from '../config/model.ts'
import { numbersOf, weightsFor } from '../detect/weights.ts'
import type { Engine, Program } from '../engine/engine.ts'
import { toOnnx } from '../graph/onnx.ts'
import { absolute, mean } from '../graph/ops.ts'
import { type Floats, input } from '../graph/tensor.ts'
import type { PixelImage } from '../image/image.ts'
import { imageToInput } from '../image/to-input.ts'
import { classLossOf } from '../loss/class/class-losses.ts'
import { Scope } from '../network/scope.ts'
import { ssd } from '../network/ssd.ts'
import { type AnswerNumbers, compileLoss } from './loss-program.ts'

/** A model that can be traced. Close it when done, or declare it with `await using`. */
export interface Tracer extends AsyncDisposable {
  readonly config: ModelConfig
  readonly anchors: Anchors
  readonly featureMaps: readonly FeatureMap[]
  /** Feed `images` [1, 3, H, W]. */
  readonly network: Program
  /** Of {@link compileLoss}. */
  readonly loss: Program
  /** Frees both programs. */
  close(): Promise<void>
}

/** What the network said of a picture, and what it saw. */
export interface Seen extends AnswerNumbers {
  /** [A, K], each 0..1 */
  readonly probabilities: Float32Array
  /** [gridHeight · gridWidth] of each feature map: mean size over the channels. */
  readonly activations: readonly Float32Array[]
  /** The network's input, [3, H, W]. */
  readonly input: Float32Array
}

/**
 * Compiles a model to be traced.
 * @param weights by name; more than the network needs is ignored
 * @throws SingleshotError E_MODEL_FILE when a weight is missing or of the wrong size
 */
export async function compileForTrace(
  engine: Engine,
  config: ModelConfig,
  weights: ReadonlyMap<string, Floats>,
): Promise<Tracer> {
  checkModel(config, 'compileForTrace')
  const scope = new Scope('evaluate')
  const { width, height } = config.input
  const { logits, offsets, maps } = ssd(scope, input('images', [1, 3, height, width]), config)
  const constants = numbersOf(weightsFor(scope, weights))
  const { target } = await engine.capabilities()
  const probabilities = classLossOf(config.loss.classLoss).probabilities(logits)
  const activations = maps.map((map, level) => [`map${level}`, mean(absolute(map), [1])] as const)
  const outputs = { logits, offsets, probabilities, ...Object.fromEntries(activations) }
  const featureMaps = featureMapsOf(config)
  const network = await engine.compile({ bytes: toOnnx(outputs, { target, constants }) })
  try {
    const loss = await compileLoss(engine, config)
    const close = async () => {
      await Promise.all([network.close(), loss.close()])
    }
    const anchors = generateAnchors(featureMaps)
    return disposable({ config, anchors, featureMaps, network, loss, close })
  } catch (error) {
    await network.close()
    throw error
  }
}

/** Looks at one picture. @throws SingleshotError E_ARGUMENT for anything but whole RGB or RGBA pixels */
export async function look(
  { config, featureMaps, network }: Tracer,
  image: PixelImage,
): Promise<Seen> {
  const { width, height } = config.input
  const pixels = new Float32Array(3 * width * height)
  imageToInput(image, config.input, config.normalisation, pixels)
  const feed = { images: { data: pixels, shape: [1, 3, height, width] } }
  const { outputs, returned } = await network.run(feed)
  return {
    logits: outputs.logits!,
    offsets: outputs.offsets!,
    probabilities: outputs.probabilities!,
    activations: featureMaps.map((_, level) => outputs[`map${level}`]!),
    input: returned.images as Float32Array,
  }
}
