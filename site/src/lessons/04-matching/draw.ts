/** @file The positive anchors as boxes to draw: the line says why an anchor is positive. */
import type { Size } from 'singleshot/core'
import { drawBoxes, drawLabel, type FigureBox } from '../../figure/figure-box.ts'
import { DASHES, type Line } from '../../figure/tones.ts'
import type { View } from '../../figure/view.ts'
import { anchorBox, type Layout } from '../03-anchors/layout.ts'
import { type Matching, type Reason, reasonOf } from './matching.ts'

/** The line of each reason. */
export const LINE_OF_REASON: Readonly<Record<Reason, Line>> = {
  both: 'solid',
  threshold: 'dashed',
  forced: 'dotted',
}

/** Each reason in words. */
export const REASON_TEXT: Readonly<Record<Reason, string>> = {
  both: 'both rules',
  threshold: 'rule 1: its IoU reaches the threshold',
  forced: 'rule 2: forced',
}

/** More labels than this hide the picture. */
const MOST_LABELS = 10

/** The positive anchors on the picture, those of the chosen object stronger. @param chosen -1: none */
export function positiveBoxes(
  layout: Layout,
  matching: Matching,
  picture: Size,
  chosen: number,
): FigureBox[] {
  const owners = matching.positives.map((anchor) => matching.matched[anchor]!)
  const isChosen = (owner: number) => chosen < 0 || owner === chosen
  const labelled = owners.filter(isChosen).length <= MOST_LABELS
  return matching.positives.map((anchor, i) => {
    const owner = owners[i]!
    const on = isChosen(owner)
    return {
      box: anchorBox(layout, anchor, picture),
      tone: on ? 'positive' : 'muted',
      line: LINE_OF_REASON[reasonOf(matching, anchor)!],
      width: chosen >= 0 && on ? 3 : 1.75,
      ...(labelled && on ? { label: `${anchor} → ${owner + 1}` } : {}),
    }
  })
}

/** More than this are drawn as thin lines without rims, so that the picture can still be seen. */
const MANY = 30

function drawThin(
  context: CanvasRenderingContext2D,
  view: View,
  boxes: readonly FigureBox[],
): void {
  context.save()
  context.lineWidth = 1.25 * view.pixel
  for (const { box, tone, line = 'solid' } of boxes) {
    context.globalAlpha = tone === 'muted' ? 0.4 : 0.85
    context.strokeStyle = view.colour(tone)
    context.setLineDash(DASHES[line].map((length) => length * view.pixel))
    context.strokeRect(box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1)
  }
  context.restore()
}

/** Draws positive anchors; their labels are at the bottom, those of the objects on top. */
export function drawPositives(
  context: CanvasRenderingContext2D,
  view: View,
  boxes: readonly FigureBox[],
): void {
  if (boxes.length > MANY) drawThin(context, view, boxes)
  else drawNamed(context, view, boxes)
}

function drawNamed(
  context: CanvasRenderingContext2D,
  view: View,
  boxes: readonly FigureBox[],
): void {
  drawBoxes(
    context,
    view,
    boxes.map(({ label: _, ...box }) => box),
  )
  for (const { box, label, tone } of boxes)
    if (label !== undefined)
      drawLabel(context, view, { text: label, x: box.x1, y: box.y2, colour: view.colour(tone) })
}
