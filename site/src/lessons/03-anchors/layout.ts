/**
 * @file The anchors of a detector as the figures need them: its feature maps, all its anchors, and where each one
 * stands. The numbers are the library's, in pixels of the network's input; figures draw them on the picture.
 */
import {
  type Anchors,
  type Box,
  boxAt,
  describePreset,
  type FeatureMap,
  featureMapsOf,
  generateAnchors,
  type ModelConfig,
  pixelShapes,
  type Size,
  scaleBox,
  tinyModel,
} from 'singleshot/core'
import { PAGE_INPUT } from '../../network/page-input.ts'

/** Detectors whose anchors can be shown. */
export const LAYOUTS = ['tiny', 'ssd300', 'ssdlite320', 'lesson9', 'lesson9-simple'] as const
/** One of them. */
export type LayoutName = (typeof LAYOUTS)[number]

/** What they are called. */
export const LAYOUT_NAMES: Readonly<Record<LayoutName, string>> = {
  tiny: 'tiny, this page’s network',
  ssd300: 'SSD300',
  ssdlite320: 'SSDLite320',
  lesson9: 'fast.ai, final',
  'lesson9-simple': 'fast.ai, first',
}

/** All anchors of a detector, and the grids they stand on. */
export interface Layout {
  /** The network's input: every picture is warped to it. */
  readonly input: Size
  readonly maps: readonly FeatureMap[]
  readonly anchors: Anchors
  /** For each map its first anchor; one more at the end, the count of all. */
  readonly firsts: readonly number[]
}

/** A grid of the learner's own. */
export interface OwnGrid {
  /** Cells in a row; the number of rows follows from the input's shape. */
  readonly cells: number
  /** Side of the smallest square anchor, pixels of the input. */
  readonly size: number
  /** Number of sizes, each 1.41 times the one before. */
  readonly sizes: number
  /** Width / height of the wide anchors; each has a tall twin. 1: squares alone. */
  readonly ratio: number
}

/** Where an anchor stands. */
export interface Place {
  readonly map: number
  readonly row: number
  readonly column: number
  readonly shape: number
}

/** The anchors of a named detector; no picture changes them. @param times scales every anchor */
export function presetLayout(name: LayoutName, times = 1): Layout {
  // A size like the input's: `tiny` alone asks for one, when it is made for a folder of pictures.
  const config =
    name === 'tiny'
      ? tinyModel(['object'], PAGE_INPUT)
      : describePreset(name, ['object'], [PAGE_INPUT])
  const maps = featureMapsOf(config).map((map) => ({
    ...map,
    shapes: map.shapes.map(({ width, height }) => {
      return { width: width * times, height: height * times }
    }),
  }))
  return layOut(config.input, maps)
}

/** The anchors of any model. */
export function layoutOf(
  config: Pick<ModelConfig, 'input' | 'featureMaps' | 'anchorLayout'>,
): Layout {
  return layOut(config.input, featureMapsOf(config))
}

/** The anchors of one grid of the learner's own, on the input of the page's network. */
export function ownLayout({ cells, size, sizes, ratio }: OwnGrid): Layout {
  const input = PAGE_INPUT
  const gridHeight = Math.max(1, Math.round((cells * input.height) / input.width))
  const shapes = pixelShapes({
    sizes: Array.from({ length: sizes }, (_, k) => size * 2 ** (k / 2)),
    aspectRatios: ratio === 1 ? [1] : [1, ratio, 1 / ratio],
  })
  const strideX = input.width / cells
  const strideY = input.height / gridHeight
  return layOut(input, [{ gridWidth: cells, gridHeight, strideX, strideY, shapes }])
}

function layOut(input: Size, maps: readonly FeatureMap[]): Layout {
  const firsts = [0]
  for (const map of maps) firsts.push(firsts.at(-1)! + cellCount(map) * map.shapes.length)
  return { input, maps, anchors: generateAnchors(maps), firsts }
}

/** Cells of a map. */
export const cellCount = ({ gridWidth, gridHeight }: FeatureMap) => gridWidth * gridHeight

/** Where an anchor stands. */
export function placeOf({ maps, firsts }: Layout, anchor: number): Place {
  const map = firsts.findLastIndex((first) => first <= anchor)
  const { gridWidth, shapes } = maps[map]!
  const inMap = anchor - firsts[map]!
  const cell = Math.floor(inMap / shapes.length)
  return {
    map,
    row: Math.floor(cell / gridWidth),
    column: cell % gridWidth,
    shape: inMap % shapes.length,
  }
}

/** The cell at a point of the picture. @param x,y fractions of its width and height, 0..1 */
export function cellAt(layout: Layout, map: number, x: number, y: number) {
  const { gridWidth, gridHeight, strideX, strideY } = layout.maps[map]!
  const along = (at: number, side: number, stride: number, cells: number) =>
    Math.max(0, Math.min(cells - 1, Math.floor((at * side) / stride)))
  return {
    column: along(x, layout.input.width, strideX, gridWidth),
    row: along(y, layout.input.height, strideY, gridHeight),
  }
}

/** The first and one after the last anchor of a cell. */
export function anchorsOfCell(
  { maps, firsts }: Layout,
  map: number,
  cell: { row: number; column: number },
): [from: number, to: number] {
  const { gridWidth, shapes } = maps[map]!
  const from = firsts[map]! + (cell.row * gridWidth + cell.column) * shapes.length
  return [from, from + shapes.length]
}

/** An anchor on the picture, in the picture's pixels. */
export function anchorBox({ anchors, input }: Layout, anchor: number, picture: Size): Box {
  return scaleBox(boxAt(anchors.corners, anchor), input, picture)
}
