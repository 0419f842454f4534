/**
 * @file Values to the words of an address, and back. Only what differs from the default is written, so that a fresh
 * page has a clean address. Whatever cannot be read becomes the default; a number too large becomes the largest.
 *
 *     threshold=0.35   view=near   forced=1   boxes=10,20,110.5,90;...   objects=10,20,110,90,3;...
 */
import type { Box } from 'singleshot/core'
import type { Control, Controls, DrawnObject, NumberControl, Values } from './control.ts'

/** Decimals of a box's sides in an address: a tenth of a pixel is finer than a hand. */
const DECIMALS = 1

/** Coordinates farther out than this are garbage. */
const FARTHEST = 100_000

/** Reads the values of controls from the query of an address. */
export function decodeValues<C extends Controls>(controls: C, query: URLSearchParams): Values<C> {
  const read = Object.entries(controls).map(([key, control]) => {
    const text = query.get(key)
    return [key, (text === null ? undefined : decodeValue(control, text)) ?? control.default]
  })
  return Object.fromEntries(read) as Values<C>
}

/** What to write for each key: null where the value is the default. */
export function encodeValues<C extends Controls>(
  controls: C,
  values: Values<C>,
): Record<keyof C & string, string | null> {
  const written = Object.entries(controls).map(([key, control]) => {
    const text = encodeValue(values[key])
    return [key, text === encodeValue(control.default) ? null : text]
  })
  return Object.fromEntries(written) as Record<keyof C & string, string | null>
}

/** One value, or undefined where the text is garbage. */
export function decodeValue(control: Control, text: string): unknown {
  switch (control.kind) {
    case 'number':
      return decodeNumber(control, text)
    case 'choice':
      return control.options.find((option) => option === text)
    case 'flag':
      return text === '1' ? true : text === '0' ? false : undefined
    case 'boxes':
      return decodeRows(text, 4, control.most)?.map(boxOf)
    case 'objects':
      return decodeRows(text, 5, control.most)?.map((row): DrawnObject => {
        return { box: boxOf(row), classId: Math.max(0, Math.round(row[4]!)) }
      })
  }
}

function decodeNumber({ min, max, step }: NumberControl, text: string): number | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(value)) return undefined
  const clamped = Math.min(max, Math.max(min, value))
  // Steps of .05 add up to 0.15000000000000002; ten digits are what was meant.
  return Math.min(max, Number((min + Math.round((clamped - min) / step) * step).toFixed(10)))
}

/** Rows of so many numbers; undefined if one of them is none. An empty text is no rows. */
function decodeRows(text: string, columns: number, most: number): number[][] | undefined {
  if (text === '') return []
  const rows = text
    .split(';')
    .slice(0, most)
    .map((row) => row.split(',').map((cell) => (cell.trim() === '' ? Number.NaN : Number(cell))))
  const whole = rows.every(
    (row) => row.length === columns && row.every((value) => Math.abs(value) <= FARTHEST),
  )
  return whole ? rows : undefined
}

/** Corners in order, whichever way round they were written. */
function boxOf([xa, ya, xb, yb]: readonly number[]): Box {
  return {
    x1: Math.min(xa!, xb!),
    y1: Math.min(ya!, yb!),
    x2: Math.max(xa!, xb!),
    y2: Math.max(ya!, yb!),
  }
}

function encodeValue(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return String(Number(value.toFixed(10)))
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (Array.isArray(value)) return value.map(encodeRow).join(';')
  return String(value)
}

function encodeRow(row: Box | DrawnObject): string {
  const { x1, y1, x2, y2 } = 'box' in row ? row.box : row
  const sides = [x1, y1, x2, y2].map((side) => Number(side.toFixed(DECIMALS)))
  return ('box' in row ? [...sides, row.classId] : sides).join(',')
}
