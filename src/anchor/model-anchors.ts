/** @file A model's anchors, from its description. The same list serves matching, decoding and the head's size. */
import type { ModelConfig } from '../config/model.ts'
import { type Anchors, type FeatureMap, generateAnchors } from './anchors.ts'
import { pixelShapes } from './shapes.ts'

/**
 * The grids of a model's feature maps, finest first. Each halving rounds up, so a map of stride s has
 * ceil(side / s) cells, and a cell is side / cells input pixels wide (a little less than s where it rounds).
 */
export function featureMapsOf({ input, featureMaps }: ModelConfig): FeatureMap[] {
  return featureMaps.map(({ stride, sizes, aspectRatios }) => {
    const gridWidth = Math.ceil(input.width / stride)
    const gridHeight = Math.ceil(input.height / stride)
    return {
      gridWidth,
      gridHeight,
      strideX: input.width / gridWidth,
      strideY: input.height / gridHeight,
      shapes: pixelShapes({ sizes, aspectRatios }),
    }
  })
}

/** All anchors of a model, in pixels of its input, in the order of the network's answers. */
export function anchorsOf(config: ModelConfig): Anchors {
  return generateAnchors(featureMapsOf(config))
}
