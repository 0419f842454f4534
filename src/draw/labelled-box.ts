/** @file Boxes with labels, as SVG: lines that show on any background, and plates that never leave the picture. */
import type { Box, Size } from '../box/box.ts'
import { clipBox } from '../box/clip.ts'
import type { Rgb } from '../image/image.ts'
import { hexOf, inkOn } from './palette.ts'
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
 * @param boxes later ones lie on top
 * @param size of the picture in pixels
 */
export function labelledBoxesSvg(boxes: readonly LabelledBox[], size: Size): string {
  const stroke = strokeFor(size)
  const inside = boxes.map((labelled) => ({ ...labelled, box: clipBox(labelled.box, size) }))
  const outlines = inside.map((labelled) => outline(labelled, stroke, size))
  return [...outlines, ...inside.map((labelled) => plate(labelled, stroke, size))].join('\n')
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

function plate(
  { box, label, colour, dashed }: LabelledBox,
  { font, line }: Stroke,
  size: Size,
): string {
  if (label === '') return ''
  const padding = font * 0.35
  const text = fitText(label, font, size.width - 2 * padding)
  const width = Math.min(size.width, textWidth(text, font) + 2 * padding)
  const height = Math.min(size.height, font * 1.35)
  const edge = line / 2
  // Above the box if there is room, else inside its upper edge; dashed ones below, else inside the lower edge.
  const above = box.y1 - height + edge >= 0 ? box.y1 - height + edge : box.y1
  const below = box.y2 + height - edge <= size.height ? box.y2 - edge : box.y2 - height
  const x = Math.max(0, Math.min(box.x1 - edge, size.width - width))
  const y = Math.max(0, Math.min(dashed ? below : above, size.height - height))
  const place = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`
  const baseline = `x="${round(x + padding)}" y="${round(y + height / 2 + font * 0.36)}"`
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
