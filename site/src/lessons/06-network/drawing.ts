/** @file The network as a drawing: the picture, every grid on the way, and the kept ones, whose windows give the numbers. */
import type { ModelConfig } from 'singleshot/core'
import { bitmapOf } from '../../figure/bitmap.ts'
import type { View } from '../../figure/view.ts'
import { strengths } from './draw-heat.ts'
import type { TinyLayers } from './receptive-field.ts'

/** One grid on the way. */
export interface Stage {
  readonly width: number
  readonly height: number
  readonly channels: number
  /** Layers between the grid before and this one. */
  readonly layers: number
  /** Index of the feature map that it is; null for a grid on the way. */
  readonly level: number | null
}

/** The grids of the network, the input first. */
export function stagesOf(config: ModelConfig, { channels, layers }: TinyLayers): Stage[] {
  let { width, height } = config.input
  const stages: Stage[] = [{ width, height, channels: 3, layers: 0, level: null }]
  for (const [i, count] of channels.entries()) {
    width = Math.ceil(width / 2)
    height = Math.ceil(height / 2)
    const level = config.featureMaps.findIndex(({ stride }) => stride === 2 ** (i + 1))
    stages.push({
      width,
      height,
      channels: count,
      layers: layers[i]!,
      level: level < 0 ? null : level,
    })
  }
  return stages
}

/** A grid's place in the drawing, in its units. */
export interface Placed {
  readonly stage: Stage
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The drawing is this wide and high, in units. */
export const DRAWING = { width: 1000, height: 262 } as const

/** The line on which the grids are centred. */
const MIDDLE = 88
const TALLEST = 132
const GAP = 78

/** Places the grids side by side. Their sides shrink with the square root, or the last ones could not be seen. */
export function placeStages(stages: readonly Stage[]): Placed[] {
  const first = stages[0]!
  const sized = stages.map((stage) => {
    const height = TALLEST * Math.sqrt(stage.height / first.height)
    return { stage, height, width: (height * first.width) / first.height }
  })
  const total = sized.reduce((sum, { width }) => sum + width + GAP, 0) - GAP
  const scale = Math.min(1, (DRAWING.width - 90) / total)
  let x = 10
  return sized.map(({ stage, width, height }) => {
    const placed = {
      stage,
      x,
      y: MIDDLE - (height * scale) / 2,
      width: width * scale,
      height: height * scale,
    }
    x += (width + GAP) * scale
    return placed
  })
}

/** The feature map at a point of the drawing; null where none is. */
export function levelAt(placed: readonly Placed[], x: number, y: number): number | null {
  const found = placed.find((one) => x >= one.x - 8 && x <= one.x + one.width + 8 && y >= one.y - 8)
  return found?.stage.level ?? null
}

/** What is drawn besides the grids. */
export interface Details {
  readonly image: Parameters<typeof bitmapOf>[0]
  /** The chosen feature map, and the chosen cell of it. */
  readonly level: number
  readonly cell: { readonly column: number; readonly row: number }
  /** Of every feature map; null while the network has not looked. */
  readonly activations: readonly (readonly number[])[] | null
  /** "9 anchors × 13 numbers" of each feature map. */
  readonly heads: readonly string[]
}

/** Draws all grids, from left to right. */
export function drawNetwork(
  context: CanvasRenderingContext2D,
  view: View,
  placed: readonly Placed[],
  details: Details,
): void {
  for (const [i, one] of placed.entries()) {
    if (i > 0) drawArrow(context, view, placed[i - 1]!, one)
    drawGrid(context, view, one, details)
    drawWords(context, view, one, i)
    if (one.stage.level !== null) drawHead(context, view, one, details)
  }
}

function drawGrid(
  context: CanvasRenderingContext2D,
  view: View,
  one: Placed,
  details: Details,
): void {
  const { stage, x, y, width, height } = one
  // A sheet behind it for every 32 numbers of a cell: cells get richer as grids get coarser.
  const sheets = Math.max(1, Math.round(stage.channels / 32))
  for (let sheet = sheets; sheet >= 1; sheet--) {
    context.fillStyle = view.colour(sheet === 1 ? 'card' : 'sunk')
    context.strokeStyle = view.colour(stage.level === null ? 'soft-ink' : 'accent')
    context.lineWidth = stage.level === details.level ? 2.4 : 1
    const by = (sheet - 1) * 3.5
    context.fillRect(x + by, y - by, width, height)
    context.strokeRect(x + by, y - by, width, height)
  }
  if (stage.channels === 3) context.drawImage(bitmapOf(details.image), x, y, width, height)
  else if (stage.level !== null && details.activations !== null)
    fillCells(context, view, one, details.activations[stage.level]!)
  if (stage.level === details.level) drawWindow(context, view, one, details.cell)
}

function fillCells(
  context: CanvasRenderingContext2D,
  view: View,
  one: Placed,
  activation: readonly number[],
): void {
  const { stage, x, y, width, height } = one
  const [across, down] = [width / stage.width, height / stage.height]
  context.fillStyle = view.colour('detection')
  for (const [i, strength] of strengths(activation).entries()) {
    context.globalAlpha = strength
    context.fillRect(
      x + (i % stage.width) * across,
      y + Math.floor(i / stage.width) * down,
      across,
      down,
    )
  }
  context.globalAlpha = 1
}

/** The window of 3 x 3 cells about the chosen cell. */
function drawWindow(
  context: CanvasRenderingContext2D,
  view: View,
  one: Placed,
  { column, row }: Details['cell'],
): void {
  const { stage, x, y, width, height } = one
  const [across, down] = [width / stage.width, height / stage.height]
  context.strokeStyle = view.colour('second')
  context.lineWidth = 2.4
  context.strokeRect(x + (column - 1) * across, y + (row - 1) * down, 3 * across, 3 * down)
}

function drawArrow(context: CanvasRenderingContext2D, view: View, from: Placed, to: Placed): void {
  const start = from.x + from.width + Math.max(1, Math.round(from.stage.channels / 32)) * 3.5
  context.strokeStyle = view.colour('soft-ink')
  context.lineWidth = 1.5
  context.beginPath()
  context.moveTo(start, MIDDLE)
  context.lineTo(to.x - 4, MIDDLE)
  context.lineTo(to.x - 9, MIDDLE - 4)
  context.moveTo(to.x - 4, MIDDLE)
  context.lineTo(to.x - 9, MIDDLE + 4)
  context.stroke()
}

function drawWords(
  context: CanvasRenderingContext2D,
  view: View,
  { stage, x, y, height }: Placed,
  i: number,
): void {
  context.fillStyle = view.colour('ink')
  context.font = view.font(12, 600)
  const below = y + height + 16 * view.pixel
  const name = i === 0 ? 'picture' : stage.level === null ? '' : `map ${stage.level + 1}`
  context.fillText(name, x, below)
  context.font = view.font(11)
  context.fillStyle = view.colour('soft-ink')
  context.fillText(`${stage.width}×${stage.height}`, x, below + 14 * view.pixel)
  context.fillText(`× ${stage.channels}`, x, below + 27 * view.pixel)
}

function drawHead(
  context: CanvasRenderingContext2D,
  view: View,
  { stage, x, y, height }: Placed,
  { heads, level }: Details,
): void {
  const top = Math.max(y + height + 54 * view.pixel, 172)
  const chosen = stage.level === level
  context.strokeStyle = view.colour(chosen ? 'second' : 'soft-ink')
  context.lineWidth = chosen ? 2.4 : 1.2
  context.beginPath()
  context.moveTo(x + 8, y + height + 38 * view.pixel)
  context.lineTo(x + 8, top)
  context.stroke()
  for (let i = 0; i < 9; i++) context.strokeRect(x + (i % 3) * 6, top + Math.floor(i / 3) * 6, 6, 6)
  context.fillStyle = view.colour(chosen ? 'ink' : 'soft-ink')
  context.font = view.font(11, chosen ? 600 : 400)
  for (const [line, words] of ['head 3×3', ...heads[stage.level!]!.split('|')].entries())
    context.fillText(words, x, top + 32 + 14 * line * view.pixel)
}
