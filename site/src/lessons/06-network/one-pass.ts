/** @file How many numbers one pass gives, and how many multiplications it takes. */
import { type FeatureMap, featureMapsOf, type ModelConfig, type Size } from 'singleshot/core'
import type { TinyLayers } from './receptive-field.ts'

/** What one feature map answers. */
export interface MapCount extends FeatureMap {
  /** Index of the map's first anchor. */
  readonly firstAnchor: number
  readonly cells: number
  readonly anchors: number
  /** Anchors times the numbers of one anchor. */
  readonly numbers: number
}

/** Numbers an anchor: one for each class, one for background, four offsets. */
export function numbersPerAnchor({ classes }: Pick<ModelConfig, 'classes'>): number {
  return classes.length + 1 + 4
}

/** What each map answers. */
export function countMaps(config: ModelConfig): MapCount[] {
  let firstAnchor = 0
  return featureMapsOf(config).map((map) => {
    const cells = map.gridWidth * map.gridHeight
    const anchors = cells * map.shapes.length
    const count = {
      ...map,
      firstAnchor,
      cells,
      anchors,
      numbers: anchors * numbersPerAnchor(config),
    }
    firstAnchor += anchors
    return count
  })
}

/** Multiplications of the layers alone, for an input of any size: cells · channels after · channels before · 9. */
export function layerMultiplications({ channels, layers }: TinyLayers, input: Size): number {
  let { width, height } = input
  let before = 3
  let sum = 0
  for (const [i, after] of channels.entries()) {
    width = Math.ceil(width / 2)
    height = Math.ceil(height / 2)
    for (let layer = 0; layer < layers[i]!; layer++) {
      sum += width * height * after * before * 9
      before = after
    }
  }
  return sum
}

/** Multiplications of one whole pass: the layers, and the heads' windows on each map. */
export function passMultiplications(config: ModelConfig, network: TinyLayers): number {
  const heads = countMaps(config).map(({ numbers }, i) => {
    const stage = Math.log2(config.featureMaps[i]!.stride) - 1
    return numbers * network.channels[stage]! * 9
  })
  return heads.reduce((sum, value) => sum + value, layerMultiplications(network, config.input))
}
