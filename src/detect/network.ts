/**
 * @file The network as it detects: evaluation mode, weights as constants, so that the engine folds the
 * norms into the convolutions and lays the weights out once.
 */

import type { Anchors } from '../anchor/anchors.ts'
import { anchorsOf } from '../anchor/model-anchors.ts'
import { checkModel } from '../config/check-model.ts'
import type { ModelConfig } from '../config/model.ts'
import type { Engine, Program, RunResult } from '../engine/engine.ts'
import { toOnnx } from '../graph/onnx.ts'
import { elementCount, type Floats, input, type Shape } from '../graph/tensor.ts'
import { classLossOf } from '../loss/class/class-losses.ts'
import { Scope } from '../network/scope.ts'
import { ssd } from '../network/ssd.ts'
import { numbersOf, weightsFor } from './weights.ts'

/** A network that is ready to detect. */
export interface DetectionNetwork {
  readonly config: ModelConfig
  readonly anchors: Anchors
  /** Feed `images` [N, 3, H, W]; results `probabilities` [N, A, K] and `offsets` [N, A, 4]. */
  readonly program: Program
  /** N. */
  readonly batch: number
  /**
   * Runs the program on the images that `fill` writes, [N, 3, H, W] row after row, into memory that former runs gave
   * back. Every number has to be written.
   * @throws SingleshotError as {@link Program.run}
   */
  look(fill: (images: Float32Array<ArrayBuffer>) => void): Promise<RunResult>
}

/**
 * Compiles a model for detection.
 * @param weights by name; more than the network needs (an optimiser's state) is ignored
 * @param batch images a run, default 1
 * @throws SingleshotError E_MODEL_FILE when a weight is missing or of the wrong size
 */
export async function compileForDetection(
  engine: Engine,
  config: ModelConfig,
  weights: ReadonlyMap<string, Floats>,
  batch = 1,
): Promise<DetectionNetwork> {
  checkModel(config, 'compileForDetection')
  const scope = new Scope('evaluate')
  const { width, height } = config.input
  const answers = ssd(scope, input('images', [batch, 3, height, width]), config)
  const constants = numbersOf(weightsFor(scope, weights))
  const { target } = await engine.capabilities()
  const probabilities = classLossOf(config.loss.classLoss).probabilities(answers.logits)
  const bytes = toOnnx({ probabilities, offsets: answers.offsets }, { target, constants })
  const program = await engine.compile({ bytes })
  const look = lookThrough(program, [batch, 3, height, width])
  return { config, anchors: anchorsOf(config), program, batch, look }
}

/** {@link DetectionNetwork.look}; it keeps as many inputs as ever ran at once. */
function lookThrough(program: Program, shape: Shape): DetectionNetwork['look'] {
  const spare: Float32Array<ArrayBuffer>[] = []
  return async (fill) => {
    const data = spare.pop() ?? new Float32Array(elementCount(shape))
    fill(data)
    const result = await program.run({ images: { data, shape } })
    spare.push(result.returned.images as Float32Array<ArrayBuffer>)
    return result
  }
}
