/** @file What is wrong with labels, and the text and numbers that they are made of. */
import type { Box } from '../box/box.ts'
import { classNameFault } from '../dataset/class-name.ts'
import { type ErrorParts, SingleshotError } from '../error/singleshot-error.ts'

/** An E_LABELS. */
export function labelFault(parts: Omit<ErrorParts, 'where'>): SingleshotError {
  return new SingleshotError('E_LABELS', { where: 'readLabels', ...parts })
}

/** Where something stands, for messages. */
export interface LabelOrigin {
  readonly file: string
  readonly object?: string
}

/** A class name that may be used. @throws SingleshotError E_LABELS */
export function classNameOf(value: unknown, origin: LabelOrigin): string {
  const name = typeof value === 'number' ? String(value) : value
  if (typeof name !== 'string')
    throw labelFault({ rule: 'expected a class name', got: value, ...origin })
  const trimmed = name.trim()
  const rule = classNameFault(trimmed)
  if (rule !== null) throw labelFault({ rule, got: name, ...origin })
  return trimmed
}

/** A number, also written as text. @throws SingleshotError E_BOX_FORMAT */
export function numberOf(value: unknown, what: string, origin: LabelOrigin): number {
  const number = typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value) : value
  if (typeof number === 'number' && Number.isFinite(number)) return number
  const rule = `expected ${what} to be a decimal number`
  throw new SingleshotError('E_BOX_FORMAT', { where: 'readLabels', rule, got: value, ...origin })
}

/** `Number` would also take 0x1, 0b11 and an empty text. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** The upright box around points, x and y in turn. @param points at least one pair */
export function boxAround(points: readonly number[]): Box {
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i + 1 < points.length; i += 2) {
    x1 = Math.min(x1, points[i]!)
    x2 = Math.max(x2, points[i]!)
    y1 = Math.min(y1, points[i + 1]!)
    y2 = Math.max(y2, points[i + 1]!)
  }
  return { x1, y1, x2, y2 }
}

/**
 * The box around an outline.
 * @param outline x and y in turn @throws SingleshotError E_LABELS when these are not at least three points
 */
export function boxAroundOutline(outline: readonly number[], origin: LabelOrigin): Box {
  if (outline.length < 6 || outline.length % 2 !== 0)
    throw labelFault({
      rule: 'expected at least three points',
      got: `${outline.length} numbers`,
      ...origin,
    })
  return boxAround(outline)
}

/** A box from a corner, width and height; negative ones reach to the left and up. */
export function boxFrom(left: number, top: number, width: number, height: number): Box {
  return boxAround([left, top, left + width, top + height])
}

/** Objects, each by itself: what is wrong with one leaves the others alone. */
export function eachObject<In, Out>(
  items: Iterable<In>,
  read: (item: In, number: number) => Out | undefined,
): { readonly objects: Out[]; readonly faults: SingleshotError[] } {
  const objects: Out[] = []
  const faults: SingleshotError[] = []
  let number = 0
  for (const item of items) {
    number += 1
    try {
      const object = read(item, number)
      if (object !== undefined) objects.push(object)
    } catch (error) {
      if (!(error instanceof SingleshotError)) throw error
      faults.push(error)
    }
  }
  return { objects, faults }
}

/** Digits behind the point that labels are written with: far less than a pixel. */
const DIGITS = 4

/** A coordinate as it is written. */
export function rounded(value: number): number {
  return Number(value.toFixed(DIGITS))
}
