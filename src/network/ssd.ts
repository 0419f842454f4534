/**
 * @file The whole network, single shot: one pass from pictures to every anchor's answers.
 *
 *     images [N, 3, H, W] ─▶ feature maps ─▶ logits [N, A, K] + offsets [N, A, 4]
 */
import type { ModelConfig } from '../config/model.ts'
import { concat } from '../graph/ops.ts'
import type { Tensor } from '../graph/tensor.ts'
import { type Answers, head } from './head.ts'
import type { Scope } from './scope.ts'
import { tinyFeatureMaps } from './tiny.ts'

/**
 * Builds the network.
 * @param images [N, 3, H, W] of the config's input size, normalised
 * @returns logits [N, A, K] with background as class 0, and offsets [N, A, 4]; A as in {@link anchorsOf}
 */
export function ssd(scope: Scope, images: Tensor, config: ModelConfig): Answers {
  const strides = config.featureMaps.map((map) => map.stride)
  const maps = tinyFeatureMaps(scope.within('backbone'), images, strides, config.network)
  const answers = maps.map((map, i) => {
    const { sizes, aspectRatios } = config.featureMaps[i]!
    const level = scope.within('head').within(i)
    return head(level, map, sizes.length * aspectRatios.length, config.classes.length + 1)
  })
  return {
    logits: concat(
      answers.map((answer) => answer.logits),
      1,
    ),
    offsets: concat(
      answers.map((answer) => answer.offsets),
      1,
    ),
  }
}
