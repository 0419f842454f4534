/**
 * @file The whole network, single shot: one pass from pictures to every anchor's answers.
 *
 *     images [N, 3, H, W] ─▶ feature maps ─▶ logits [N, A, K] + offsets [N, A, 4]
 */
import type { FeatureMap } from '../anchor/anchors.ts'
import { featureMapsOf } from '../anchor/model-anchors.ts'
import type { ModelConfig } from '../config/model.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { concat } from '../graph/ops.ts'
import type { Tensor } from '../graph/tensor.ts'
import { backboneFeatureMaps } from './backbones.ts'
import { type Answers, head } from './head.ts'
import type { Scope } from './scope.ts'

/** What the network answers, and what it saw on the way. */
export interface NetworkAnswers extends Answers {
  /** The feature maps that the heads look at, [N, C, gridHeight, gridWidth] each, finest first. */
  readonly maps: readonly Tensor[]
}

/**
 * Builds the network.
 * @param images [N, 3, H, W] of the config's input size, normalised
 * @throws SingleshotError E_CONFIG when the described feature maps are not those that the network makes
 * @returns logits [N, A, K] with background as class 0, and offsets [N, A, 4]; A as in {@link anchorsOf}
 */
export function ssd(scope: Scope, images: Tensor, config: ModelConfig): NetworkAnswers {
  const grids = featureMapsOf(config)
  const maps = backboneFeatureMaps(scope.within('backbone'), images, config)
  checkGrids(maps, grids)
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

/** The anchors must stand on the maps that the network really makes: else every answer is about another place. */
function checkGrids(maps: readonly Tensor[], grids: readonly FeatureMap[]): void {
  const made = maps.map(({ shape }) => `${shape[3]}x${shape[2]}`).join(' ')
  const described = grids.map((grid) => `${grid.gridWidth}x${grid.gridHeight}`).join(' ')
  if (made === described) return
  const rule = `expected feature maps of ${made} cells, as the network makes them for this input`
  throw new SingleshotError('E_CONFIG', { where: 'ssd', rule, got: described })
}
