/** @file The decoding of one anchor, written out line by line with its numbers. */
import { LARGEST_LOG_STRETCH, TANH_REACH } from 'singleshot/core'
import type { Answers } from './answers.ts'

/** One line of arithmetic: "centre x = 96.0 + 1.20 × 0.1 × 40.0" and its result. */
export interface SumLine {
  readonly name: string
  readonly sum: string
  readonly result: number
}

/** The centre and size of an anchor's decoded box. @param anchor 0..A-1 */
export function decodeSum({ config, anchors, offsets }: Answers, anchor: number): SumLine[] {
  const [cx, cy, w, h] = four(anchors.centreSizes, anchor)
  const [dx, dy, dw, dh] = four(offsets, anchor)
  const { boxCoder } = config
  if (boxCoder.name === 'tanh') {
    const [cellWidth, cellHeight] = anchors.cellSizes.subarray(anchor * 2, anchor * 2 + 2)
    return [
      tanhMove('centre x', cx, dx, cellWidth!),
      tanhMove('centre y', cy, dy, cellHeight!),
      tanhStretch('width', w, dw),
      tanhStretch('height', h, dh),
    ]
  }
  const [sx, sy, sw, sh] = boxCoder.offsetScale
  return [
    move('centre x', cx, { offset: dx, scale: sx, side: w }),
    move('centre y', cy, { offset: dy, scale: sy, side: h }),
    stretch('width', w, dw, sw),
    stretch('height', h, dh, sh),
  ]
}

/** What the offsets mean, in words: "12 pixels to the right, 3 pixels up, 8% wider, 5% shorter". */
export function inWords(lines: readonly SumLine[], centreSize: readonly number[]): string {
  const [x, y, w, h] = lines.map(({ result }) => result) as [number, number, number, number]
  const [cx, cy, width, height] = centreSize as [number, number, number, number]
  const pixels = (by: number, forth: string, back: string) =>
    `${Math.abs(by).toFixed(1)} pixels ${by < 0 ? back : forth}`
  const percent = (factor: number, more: string, less: string) =>
    `${(Math.abs(factor - 1) * 100).toFixed(0)}% ${factor < 1 ? less : more}`
  return [
    pixels(x - cx, 'to the right', 'to the left'),
    pixels(y - cy, 'down', 'up'),
    percent(w / width, 'wider', 'narrower'),
    percent(h / height, 'taller', 'shorter'),
  ].join(', ')
}

/** Row i of [A, 4]. */
export function four(values: Float32Array, i: number): [number, number, number, number] {
  return [...values.subarray(i * 4, i * 4 + 4)] as [number, number, number, number]
}

/** A number in a sum, a minus sign in brackets. */
function term(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits)
  return value < 0 ? `(−${text})` : text
}

function move(
  name: string,
  from: number,
  { offset, scale, side }: { offset: number; scale: number; side: number },
): SumLine {
  const sum = `${term(from, 1)} + ${term(offset, 2)} × ${scale} × ${term(side, 1)}`
  return { name, sum, result: from + offset * scale * side }
}

function stretch(name: string, side: number, offset: number, scale: number): SumLine {
  const sum = `${term(side, 1)} × e^(${term(offset, 2)} × ${scale})`
  return { name, sum, result: side * Math.exp(Math.min(offset * scale, LARGEST_LOG_STRETCH)) }
}

function tanhMove(name: string, from: number, offset: number, cell: number): SumLine {
  const sum = `${term(from, 1)} + tanh ${term(offset, 2)} × ${term(cell, 1)} ÷ 2`
  return { name, sum, result: from + Math.tanh(offset) * TANH_REACH * cell }
}

function tanhStretch(name: string, side: number, offset: number): SumLine {
  const sum = `${term(side, 1)} × (1 + tanh ${term(offset, 2)} ÷ 2)`
  return { name, sum, result: side * (1 + Math.tanh(offset) * TANH_REACH) }
}
