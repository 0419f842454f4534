/** @file What a feature map saw, drawn over the picture: a square in each cell, the larger the more it saw. */
import type { FeatureMap } from 'singleshot/core'
import type { Draw } from '../../figure/view.ts'

/** What to draw. */
export interface Heat {
  readonly map: Pick<FeatureMap, 'gridWidth' | 'gridHeight'>
  /** [gridHeight · gridWidth]; null: only the grid. */
  readonly activation: readonly number[] | null
}

/** Draws the squares, their areas in proportion, and the lines of the grid. */
export function drawHeat({ map, activation }: Heat): Draw {
  return (context, view) => {
    const cellWidth = view.width / map.gridWidth
    const cellHeight = view.height / map.gridHeight
    context.save()
    context.strokeStyle = view.colour('soft-ink')
    context.globalAlpha = 0.45
    context.lineWidth = 0.6 * view.pixel
    context.beginPath()
    for (let column = 1; column < map.gridWidth; column++) {
      context.moveTo(column * cellWidth, 0)
      context.lineTo(column * cellWidth, view.height)
    }
    for (let row = 1; row < map.gridHeight; row++) {
      context.moveTo(0, row * cellHeight)
      context.lineTo(view.width, row * cellHeight)
    }
    context.stroke()
    context.fillStyle = view.colour('detection')
    context.globalAlpha = 0.75
    strengths(activation ?? []).forEach((strength, i) => {
      const side = Math.sqrt(strength) * 0.92
      const [width, height] = [cellWidth * side, cellHeight * side]
      const x = ((i % map.gridWidth) + 0.5) * cellWidth
      const y = (Math.floor(i / map.gridWidth) + 0.5) * cellHeight
      context.fillRect(x - width / 2, y - height / 2, width, height)
    })
    context.restore()
  }
}

/** Each value's place between the least, 0, and the largest, 1. */
export function strengths(values: readonly number[]): number[] {
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const most = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  return values.map((value) => (most > least ? (value - least) / (most - least) : 0))
}
