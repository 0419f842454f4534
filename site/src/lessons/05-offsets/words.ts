/** @file Offsets in words and as sums with the numbers filled in. */
import type { Box } from 'singleshot/core'
import { type CoderName, type Four, middleOf } from './offsets.ts'

/** "12 px right", "5 px up", "8% wider", "20% shorter": one for each of dx, dy, dw, dh. */
export function wordsOf(anchor: Box, object: Box): [string, string, string, string] {
  const [ax, ay, aw, ah] = middleOf(anchor)
  const [cx, cy, w, h] = middleOf(object)
  return [
    moved(cx - ax, 'right', 'left'),
    moved(cy - ay, 'down', 'up'),
    stretched(w / aw, 'wider', 'narrower'),
    stretched(h / ah, 'taller', 'shorter'),
  ]
}

function moved(pixels: number, onward: string, back: string): string {
  const length = Math.round(Math.abs(pixels))
  return length === 0 ? `not ${onward} or ${back}` : `${length} px ${pixels > 0 ? onward : back}`
}

function stretched(times: number, more: string, less: string): string {
  const percent = Math.round(Math.abs(times - 1) * 100)
  return percent === 0 ? `not ${more} or ${less}` : `${percent}% ${times > 1 ? more : less}`
}

const one = (value: number) => value.toFixed(1).replace('-', '−')
const two = (value: number) => value.toFixed(2).replace('-', '−')
const signed = (value: number) => (value < 0 ? `(${two(value)})` : two(value))

const NAMES = ['dx', 'dy', 'dw', 'dh'] as const
const SCALES = [0.1, 0.1, 0.2, 0.2] as const

/** How the four numbers come about, each as a line. */
export function encodeLines(name: CoderName, anchor: Box, object: Box, offsets: Four): string[] {
  const a = middleOf(anchor)
  const o = middleOf(object)
  return NAMES.map((offset, i) => {
    const side = one(a[i % 2 === 0 ? 2 : 3]!)
    const difference = `(${one(o[i]!)} − ${one(a[i]!)}) ÷ ${side}`
    const quotient = `${one(o[i]!)} ÷ ${side}`
    const sum =
      name === 'log'
        ? i < 2
          ? `${difference} ÷ ${SCALES[i]}`
          : `ln(${quotient}) ÷ ${SCALES[i]}`
        : i < 2
          ? `atanh(2 · ${difference})`
          : `atanh(2 · (${quotient} − 1))`
    return `${offset} = ${sum} = ${two(offsets[i]!)}`
  })
}

/** The way back: the centre and the size from the four numbers. */
export function decodeLines(name: CoderName, anchor: Box, offsets: Four, back: Box): string[] {
  const a = middleOf(anchor)
  const b = middleOf(back)
  return ['cx', 'cy', 'w', 'h'].map((what, i) => {
    const side = one(a[i % 2 === 0 ? 2 : 3]!)
    const offset = signed(offsets[i]!)
    const sum =
      name === 'log'
        ? i < 2
          ? `${one(a[i]!)} + ${offset} · ${SCALES[i]} · ${side}`
          : `${side} · exp(${offset} · ${SCALES[i]})`
        : i < 2
          ? `${one(a[i]!)} + tanh(${offset}) ÷ 2 · ${side}`
          : `${side} · (1 + tanh(${offset}) ÷ 2)`
    return `${what} = ${sum} = ${one(b[i]!)}`
  })
}
