/** @file Boxes with labels, as SVG: lines that show on any background, and plates that never leave the picture. */
import type { Box, Size } from '../box/box.ts'
import { clipBox } from '../box/clip.ts'
import type { Rgb } from '../image/image.ts'
import { hexOf, inkOn } from './palette.ts'
import { type PlateToPlace, placePlate } from './place-plate.ts'
import { escapeSvg, FONT, fitText, round, textWidth } from './svg-text.ts'

/** What is drawn. */
export interface LabelledBox {
  /** Corners in pixels of the picture; what lies outside is cut off. */
  readonly box: Box
  readonly label: string
  readonly colour: Rgb
  /** A broken line, and the label at the lower edge: for what should have been found. */
  readonly dashed?: boolean
}

/** Sizes in pixels that suit a picture: about the same on the screen, however many pixels it has. */
export interface Stroke {
  readonly line: number
  readonly font: number
}

/** Lines and letters for a picture. */
export function strokeFor({ width, height }: Size): Stroke {
  const side = Math.min(width, height)
  return {
    line: Math.max(1.5, side / 220),
    // Never too small to read, never so large that labels hide what they name.
    font: Math.min(36, Math.max(10, side / 30)),
  }
}

/**
 * The SVG elements of labelled boxes: all lines first, so that none runs through a label.
 * @param boxes later ones lie on top, and have the first choice of where their label goes
 * @param size of the picture in pixels
 */
export function labelledBoxesSvg(boxes: readonly LabelledBox[], size: Size): string {
  const stroke = strokeFor(size)
  const inside = boxes.map((labelled) => ({ ...labelled, box: clipBox(labelled.box, size) }))
  const outlines = inside.map((labelled) => outline(labelled, stroke, size))
  const taken: Box[] = []
  const plates = inside
    .filter(({ label }) => label !== '')
    .toReversed()
    .map((labelled) => {
      const text = textOf(labelled, stroke, size)
      taken.push(placePlate(bestPlace(labelled, text, stroke, size), size, taken))
      return plate(labelled, text, taken.at(-1)!, stroke)
    })
  return [...outlines, ...plates.toReversed()].join('\n')
}

function outline({ box, colour, dashed }: LabelledBox, { line }: Stroke, size: Size): string {
  // The line's middle lies half a width inside the picture, or an edge box would lose half of it.
  const inset = line / 2
  const x = Math.max(box.x1, inset)
  const y = Math.max(box.y1, inset)
  const width = Math.max(0, Math.min(box.x2, size.width - inset) - x)
  const height = Math.max(0, Math.min(box.y2, size.height - inset) - y)
  const place = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`
  const dashes = dashed ? ` stroke-dasharray="${round(line * 3.5)} ${round(line * 2.5)}"` : ''
  const shape = `<rect ${place} rx="${round(line)}" fill="none"`
  return (
    `${shape} stroke="#000000" stroke-opacity="0.45" stroke-width="${round(line * 2)}"/>` +
    `${shape} stroke="${hexOf(colour)}" stroke-width="${round(line)}"${dashes}/>`
  )
}

/** Between a plate's side and its text. */
const paddingOf = ({ font }: Stroke) => font * 0.35

/** As much of a label as fits into the picture. */
function textOf({ label }: LabelledBox, stroke: Stroke, size: Size): string {
  return fitText(label, stroke.font, size.width - 2 * paddingOf(stroke))
}

/** Above the box if there is room, else inside its upper edge; dashed ones below, else inside the lower edge. */
function bestPlace(
  { box, dashed }: LabelledBox,
  text: string,
  stroke: Stroke,
  size: Size,
): PlateToPlace {
  const { font, line } = stroke
  const width = Math.min(size.width, textWidth(text, font) + 2 * paddingOf(stroke))
  const height = Math.min(size.height, font * 1.35)
  const edge = line / 2
  const above = box.y1 - height + edge >= 0 ? box.y1 - height + edge : box.y1
  const below = box.y2 + height - edge <= size.height ? box.y2 - edge : box.y2 - height
  return { left: box.x1 - edge, top: dashed ? below : above, width, height }
}

function plate(
  { colour }: LabelledBox,
  text: string,
  { x1, y1, x2, y2 }: Box,
  stroke: Stroke,
): string {
  const { font } = stroke
  const place = `x="${round(x1)}" y="${round(y1)}" width="${round(x2 - x1)}" height="${round(y2 - y1)}"`
  const baseline = `x="${round(x1 + paddingOf(stroke))}" y="${round((y1 + y2) / 2 + font * 0.36)}"`
  return (
    `<rect ${place} rx="${round(font * 0.2)}" fill="${hexOf(colour)}" fill-opacity="0.92"/>` +
    `<text ${baseline} fill="${inkOn(colour)}">${escapeSvg(text)}</text>`
  )
}

/** A whole SVG document over a picture. @param size in pixels @param content elements */
export function pictureSvg(size: Size, content: string): string {
  const { font } = strokeFor(size)
  const { width, height } = size
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<g font-family="${FONT}" font-size="${round(font)}" font-weight="600">${content}</g></svg>`
  )
}
