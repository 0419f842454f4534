/**
 * @file The whole network, single shot: one pass from pictures to every anchor's answers.
 *
 *     images [N, 3, H, W] ─▶ feature maps ─▶ logits [N, A, K] + offsets [N, A, 4]
 */
import { featureMapsOf } from '../anchor/model-anchors.ts'
import { concat } from '../graph/ops.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { Answers } from '../loss/answers.ts'
import { checkAgreement } from './agreement.ts'
import { backboneFeatureMaps } from './backbones/backbones.ts'
import type { NetworkDescription } from './description.ts'
import { HEAD, head } from './head.ts'
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
export function ssd(scope: Scope, images: Tensor, config: NetworkDescription): NetworkAnswers {
  checkAgreement(config, 'ssd') // before anything is built
  const grids = featureMapsOf(config)
  const strides = config.featureMaps.map(({ stride }) => stride)
  const maps = backboneFeatureMaps(scope.within('backbone'), images, config.network, strides)
  const answers = maps.map((map, level) =>
    head(scope.within(HEAD), map, { level, anchors: grids[level]!.shapes.length }, config),
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
