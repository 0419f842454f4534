/** @file Numbers of a trace in words: places in pixels of the picture, anchors by where they are, probabilities. */

import type { Box } from '../box/box.ts'
import { scaleBox } from '../box/scale.ts'
import { classLossOf } from '../loss/class/class-losses.ts'
import type { Four, Trace } from './trace.ts'

/** Corners as a box with names. */
export function boxOf([x1, y1, x2, y2]: Four): Box {
  return { x1, y1, x2, y2 }
}

/** A box of the network's input in pixels of the picture. */
export function inPicture({ config, picture }: Trace, box: Box): Box {
  return scaleBox(box, config.input, picture)
}

/** `40,60,80,120`: as `--box` is written, whole pixels of the picture. @param box pixels of the network's input */
export function placeText(trace: Trace, box: Box): string {
  const { x1, y1, x2, y2 } = inPicture(trace, box)
  return [x1, y1, x2, y2].map((side) => Math.round(side)).join(',')
}

/** `40 x 60 px`. @param box pixels of the network's input */
export function sizeText(trace: Trace, box: Box): string {
  const { x1, y1, x2, y2 } = inPicture(trace, box)
  return `${Math.round(x2 - x1)} x ${Math.round(y2 - y1)} px`
}

/** Two decimals, or as many as show that a value is not the limit it is compared with. */
export function near(value: number, limit: number): string {
  let digits = 2
  while (digits < 6 && value !== limit && value.toFixed(digits) === limit.toFixed(digits))
    digits += 1
  return value.toFixed(digits)
}

/** The largest short number below a score: what to write after `--score` to see it. */
export function scoreBelow(score: number): string {
  let digits = 2
  const cut = () => Math.ceil(score * 10 ** digits - 1) / 10 ** digits
  while (digits < 6 && cut() <= 0) digits += 1
  return Math.max(0, cut()).toFixed(digits)
}

/** Where an anchor is: `anchor 12 (a fixed box of 40 x 60 px, column 3, row 1 of the 4 x 2 grid)`. */
export function anchorText(trace: Trace, anchor: number): string {
  const { featureMap, row, column, box } = trace.anchors[anchor]!
  const { gridWidth, gridHeight } = trace.featureMaps[featureMap]!
  const cell = `column ${column + 1}, row ${row + 1} of the ${gridWidth} x ${gridHeight} grid`
  return `anchor ${anchor} (a fixed box of ${sizeText(trace, boxOf(box))}, ${cell})`
}

/** `object 2 (cat)`. */
export function objectText({ objects }: Trace, object: number): string {
  return `object ${object + 1} (${objects[object]!.className})`
}

/** `detection 1 (cat 0.93 at 40,60,80,120)`. */
export function detectionText(trace: Trace, detection: number): string {
  const { className, score, box } = trace.detections[detection]!
  const place = placeText(trace, boxOf(box))
  return `detection ${detection + 1} (${className} ${score.toFixed(2)} at ${place})`
}

/** The name of a class; null is background. */
export function className({ config }: Trace, classId: number | null): string {
  return classId === null ? 'background' : config.classes[classId]!
}

/** The most probable class of an anchor; null is background. */
export function claimedClass({ config, anchors }: Trace, anchor: number): number | null {
  const { probabilities } = anchors[anchor]!.predicted
  let best = 1
  for (let k = 2; k < probabilities.length; k++)
    if (probabilities[k]! > probabilities[best]!) best = k
  // Where background is no class of its own, it is "no" to every class.
  const { hasBackground } = classLossOf(config.loss.classLoss)
  const background = hasBackground ? probabilities[0]! : 0.5
  return probabilities[best]! > background ? best - 1 : null
}

/** `cat 0.42, background 0.40`: the classes that matter, most likely first. @param ids null is background */
export function chancesText(trace: Trace, anchor: number, ids: readonly (number | null)[]): string {
  const { probabilities } = trace.anchors[anchor]!.predicted
  const { hasBackground } = classLossOf(trace.config.loss.classLoss)
  return [...new Set(ids)]
    .filter((id) => id !== null || hasBackground)
    .map((id) => ({ name: className(trace, id), chance: probabilities[id === null ? 0 : id + 1]! }))
    .sort((a, b) => b.chance - a.chance)
    .map(({ name, chance }) => `${name} ${chance.toFixed(2)}`)
    .join(', ')
}

/** The first letter as it begins a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Least change of a side that is worth a word, as a share. */
const WORTH_SAYING = 0.03

/** How a box differs from the one it should be: `12 px too far right, 8% too wide`. Pixels of the picture. */
export function differenceText(trace: Trace, box: Box, wanted: Box): string {
  const a = inPicture(trace, box)
  const b = inPicture(trace, wanted)
  const parts = [
    moved((a.x1 + a.x2 - b.x1 - b.x2) / 2, 'right', 'left'),
    moved((a.y1 + a.y2 - b.y1 - b.y2) / 2, 'down', 'up'),
    stretched((a.x2 - a.x1) / (b.x2 - b.x1), 'wide', 'narrow'),
    stretched((a.y2 - a.y1) / (b.y2 - b.y1), 'tall', 'short'),
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'a little off on every side' : parts.join(', ')
}

function moved(pixels: number, forward: string, back: string): string {
  const whole = Math.round(Math.abs(pixels))
  return whole === 0 ? '' : `${whole} px too far ${pixels > 0 ? forward : back}`
}

function stretched(ratio: number, larger: string, smaller: string): string {
  if (Math.abs(ratio - 1) < WORTH_SAYING) return ''
  const word = ratio > 1 ? larger : smaller
  return `${Math.round(Math.abs(ratio - 1) * 100)}% too ${word}`
}
