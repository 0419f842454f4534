/** @file A model's anchors, from its description. The same list serves matching, decoding and the head's size. */
import type { Size } from '../box/box.ts'
import { type Anchors, type FeatureMap, generateAnchors } from './anchors.ts'
import type { AnchorLayout, FeatureMapConfig } from './feature-maps.ts'
import { cellShapes, pixelShapes, ssdShapes } from './shapes.ts'

/** The parts of a detector's description that its anchors follow from. */
export interface AnchorConfig {
  /** The network's input, pixels. */
  readonly input: Size
  readonly featureMaps: readonly FeatureMapConfig[]
  readonly anchorLayout: AnchorLayout
}

/** A map's cells across and down: each halving rounds up. @param input pixels */
export function gridOf(input: Size, stride: number): Size {
  return { width: Math.ceil(input.width / stride), height: Math.ceil(input.height / stride) }
}

/**
 * The grids of a model's feature maps, finest first. Each halving rounds up, so a map of stride s has
 * ceil(side / s) cells. Laid out evenly, a cell is side / cells input pixels wide (a little less than s where
 * it rounds); laid out by stride, exactly s.
 */
export function featureMapsOf(config: AnchorConfig): FeatureMap[] {
  const { input, featureMaps, anchorLayout } = config
  return featureMaps.map((map) => {
    const { width: gridWidth, height: gridHeight } = gridOf(input, map.stride)
    const even = anchorLayout.cells === 'even'
    const strideX = even ? input.width / gridWidth : map.stride
    const strideY = even ? input.height / gridHeight : map.stride
    const cell = { width: strideX, height: strideY }
    const shapes = shapesOfCell(map, cell, config)
    return { gridWidth, gridHeight, strideX, strideY, shapes }
  })
}

/** The anchors of one cell, by whichever rule the map is described with. */
function shapesOfCell(map: FeatureMapConfig, cell: Size, config: AnchorConfig): Size[] {
  const { input, anchorLayout } = config
  if ('scale' in map) return ssdShapes({ ...map, input, clampToInput: anchorLayout.clampToInput })
  return 'zooms' in map ? cellShapes({ ...map, cell }) : pixelShapes(map)
}

/** All anchors of a model, in pixels of its input, in the order of the network's answers. */
export function anchorsOf(config: AnchorConfig): Anchors {
  return generateAnchors(featureMapsOf(config))
}
