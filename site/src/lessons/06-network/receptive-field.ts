/**
 * @file How much of the picture a cell has seen, layer by layer. A window of 3 cells sees 2 cells more than the layer
 * before; how many pixels these are apart (the jump) is the product of all strides so far:
 *
 *     size ← size + (3 - 1) · jump        jump ← jump · stride
 *
 * Every layer's window is centred, with one row of zeros around the picture, so the first cell is centred on the first
 * pixel, and cell c on pixel c · jump. It sees (size - 1) / 2 pixels on either side of that pixel.
 */
import type { Box, ModelConfig } from 'singleshot/core'

/** The layers of `tiny`, the network whose field is worked out here. */
export type TinyLayers = Extract<ModelConfig['network'], { name: 'tiny' }>

/** Side of every window. */
const KERNEL = 3

/** What one layer adds to the field. */
export interface LayerStep {
  /** 1-based; the last one is the window of the head, which gives the answers. */
  readonly layer: number
  readonly isHead: boolean
  readonly stride: number
  /** Pixels from one cell to the next, before the layer. */
  readonly jumpBefore: number
  readonly sizeBefore: number
  /** Pixels that a cell has seen along one side, after the layer. */
  readonly size: number
  /** Pixels from one cell to the next, after the layer. */
  readonly jump: number
}

/** All layers up to the map of a stride, and the head's window on it. @param mapStride 8, 16, 32, ... */
export function layerSteps({ layers }: Pick<TinyLayers, 'layers'>, mapStride: number): LayerStep[] {
  const halvings = Math.log2(mapStride)
  const strides = layers
    .slice(0, halvings)
    .flatMap((count) => Array.from({ length: count }, (_, i) => (i === 0 ? 2 : 1)))
  const steps: LayerStep[] = []
  for (const [i, stride] of [...strides, 1].entries()) {
    const { size: sizeBefore, jump: jumpBefore } = steps.at(-1) ?? { size: 1, jump: 1 }
    const size = sizeBefore + (KERNEL - 1) * jumpBefore
    const jump = jumpBefore * stride
    const isHead = i === strides.length
    steps.push({ layer: i + 1, isHead, stride, jumpBefore, sizeBefore, size, jump })
  }
  return steps
}

/** What a cell's answer has seen, in pixels of the network's input; it may reach beyond the picture. */
export function fieldOfCell(step: LayerStep, column: number, row: number): Box {
  const reach = (step.size - 1) / 2
  const from = (cell: number) => cell * step.jump - reach
  const to = (cell: number) => cell * step.jump + reach + 1
  return { x1: from(column), y1: from(row), x2: to(column), y2: to(row) }
}
