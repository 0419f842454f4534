/**
 * @file The loss by itself, as a program: answers and targets go in, every anchor's blame comes out, with the slope
 * of the loss along each answer. It is the graph that training runs (src/loss/), without the network before it.
 *
 * Look at what goes in: classes and offsets, said and wanted. IoU is not there. It chose the targets, before; the
 * slope cannot reach it, and so nothing is learned through it.
 *
 * Shapes: A anchors, K classes with background, one picture (N = 1).
 */
import { anchorsOf } from '../anchor/model-anchors.ts'
import type { ModelConfig } from '../config/model.ts'
import type { Engine, Program } from '../engine/engine.ts'
import { differentiate } from '../graph/differentiate.ts'
import { toOnnx } from '../graph/onnx.ts'
import { cast } from '../graph/ops.ts'
import { input } from '../graph/tensor.ts'
import { multiboxLoss } from '../loss/multibox.ts'
import type { TargetArrays } from '../match/targets.ts'

/** What a network said of one picture. */
export interface AnswerNumbers {
  /** [A, K] */
  readonly logits: Float32Array
  /** [A, 4] */
  readonly offsets: Float32Array
}

/** The loss of one picture, in all and anchor by anchor. */
export interface LossNumbers {
  readonly loss: number
  readonly classLoss: number
  readonly offsetLoss: number
  /** [A] each: see {@link AnchorLosses}. */
  readonly classError: Float32Array
  /** 1 where the class error counts. */
  readonly contributing: Float32Array
  readonly offsetError: Float32Array
  readonly classShare: Float32Array
  readonly offsetShare: Float32Array
  /** [A, K] and [A, 4]: slope of the loss. */
  readonly logitGradient: Float32Array
  readonly offsetGradient: Float32Array
}

/** Compiles a model's loss. Free it with its `close`. */
export async function compileLoss(engine: Engine, config: ModelConfig): Promise<Program> {
  const anchors = anchorsOf(config)
  const shape = [1, anchors.count]
  const logits = input('logits', [...shape, config.classes.length + 1])
  const offsets = input('offsets', [...shape, 4])
  const targets = {
    classTargets: input('classTargets', shape, 'int32'),
    offsetTargets: input('offsetTargets', [...shape, 4]),
  }
  const geometry = { ...config, anchors }
  const result = multiboxLoss({ logits, offsets }, targets, config.loss, geometry)
  const { loss, classLoss, offsetLoss } = result
  const { classError, contributing, offsetError, classShare, offsetShare } = result.anchors
  const [logitGradient, offsetGradient] = differentiate(loss, [logits, offsets])
  const outputs = {
    ...{ loss, classLoss, offsetLoss, classError, offsetError, classShare, offsetShare },
    ...{ logitGradient: logitGradient!, offsetGradient: offsetGradient! },
    ...(contributing !== undefined && { contributing: cast(contributing, 'float32') }),
  }
  const { target } = await engine.capabilities()
  return engine.compile({ bytes: toOnnx(outputs, { target }) })
}

/**
 * The loss of one picture.
 * @param program of {@link compileLoss}
 * @param answers what the network said
 * @param targets what it should have said, of one picture
 */
export async function runLoss(
  program: Program,
  answers: AnswerNumbers,
  targets: Pick<TargetArrays, 'classTargets' | 'offsetTargets'>,
): Promise<LossNumbers> {
  const count = targets.classTargets.length
  const { outputs } = await program.run({
    logits: { data: answers.logits.slice(), shape: [1, count, answers.logits.length / count] },
    offsets: { data: answers.offsets.slice(), shape: [1, count, 4] },
    classTargets: { data: targets.classTargets.slice(), shape: [1, count] },
    offsetTargets: { data: targets.offsetTargets.slice(), shape: [1, count, 4] },
  })
  return {
    loss: outputs.loss![0]!,
    classLoss: outputs.classLoss![0]!,
    offsetLoss: outputs.offsetLoss![0]!,
    classError: outputs.classError!,
    // Where every anchor takes part, nobody had to be chosen.
    contributing: outputs.contributing ?? new Float32Array(count).fill(1),
    offsetError: outputs.offsetError!,
    classShare: outputs.classShare!,
    offsetShare: outputs.offsetShare!,
    logitGradient: outputs.logitGradient!,
    offsetGradient: outputs.offsetGradient!,
  }
}
