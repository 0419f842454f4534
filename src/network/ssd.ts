/**
 * @file The whole network, single shot: one pass from pictures to every anchor's answers.
 *
 *     images [N, 3, H, W] ─▶ feature maps ─▶ logits [N, A, K] + offsets [N, A, 4]
 */
import { featureMapsOf } from '../anchor/model-anchors.ts'
import { checkOptions } from '../check/check-options.ts'
import { type ModelConfig, modelSchema } from '../config/model.ts'
import { concat } from '../graph/ops.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { Answers } from '../loss/answers.ts'
import { backboneFeatureMaps } from './backbones.ts'
import { head } from './head.ts'
import type { Scope } from './scope.ts'

/** What the network answers, and what it saw on the way. */
export interface NetworkAnswers extends Answers {
  /** The feature maps that the heads look at, [N, C, gridHeight, gridWidth] each, finest first. */
  readonly maps: readonly Tensor[]
}

/**
 * Builds the network.
 * @param images [N, 3, H, W] of the config's input size, normalised
 * @throws SingleshotError E_CONFIG naming all that is wrong in the description, such as feature maps that the network
 * does not make
 * @returns logits [N, A, K] with background as class 0, and offsets [N, A, 4]; A as in {@link anchorsOf}
 */
export function ssd(scope: Scope, images: Tensor, config: ModelConfig): NetworkAnswers {
  checkOptions(modelSchema, config, 'ssd') // before anything is built
  const grids = featureMapsOf(config)
  const maps = backboneFeatureMaps(scope.within('backbone'), images, config)
  const answers = maps.map((map, level) =>
    head(scope.within('head'), map, { level, anchors: grids[level]!.shapes.length }, config),
  )
  return {
    logits: concat(
      answers.map((answer) => answer.logits),
      1,
    ),
    offsets: concat(
      answers.map((answer) => answer.offsets),
      1,
    ),
    maps,
  }
}
