/**
 * @file What one number of a weight file is, and how it becomes a 32-bit float. All are little endian.
 *
 *     float16     1 sign, 5 exponent and 10 fraction bits: 1.fraction · 2^(exponent - 15)
 *     bfloat16    the upper half of a 32-bit float
 *     float64     rounded to the nearest 32-bit float
 *     integers    the same; exact up to 2^24, far more than the steps that batch norm counts
 *     bool        0 or 1
 */
import type { Floats } from '../graph/tensor.ts'

/** One kind of number. */
export interface ElementType {
  /** How many bytes one element takes. */
  readonly bytes: number
  /** The element whose first byte is at `at`. */
  readonly read: (view: DataView, at: number) => number
}

/** Every kind of number that is read, by its name in PyTorch. */
export const ELEMENT_TYPES = {
  float64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  float32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  float16: { bytes: 2, read: (view, at) => fromHalf(view.getUint16(at, true)) },
  bfloat16: { bytes: 2, read: (view, at) => fromUpperHalf(view.getUint16(at, true)) },
  int64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  int32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  int16: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  int8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  uint8: { bytes: 1, read: (view, at) => view.getUint8(at) },
  bool: { bytes: 1, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
} as const satisfies Record<string, ElementType>

/**
 * Elements that lie one after another, as 32-bit floats of their own: the result shares nothing with the
 * file, so it is aligned and does not keep the file in memory.
 * @param bytes a whole number of elements
 */
export function toFloats(bytes: Uint8Array, type: ElementType): Floats {
  const floats = new Float32Array(bytes.length / type.bytes)
  if (type === ELEMENT_TYPES.float32) {
    new Uint8Array(floats.buffer).set(bytes)
    return floats
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let i = 0; i < floats.length; i++) floats[i] = type.read(view, i * type.bytes)
  return floats
}

/** Exponent 0 means that no 1 stands before the point, exponent 31 infinity or NaN (IEEE 754 binary16). */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}

/** Float16 numbers as their bits. */
export type Halves = Uint16Array<ArrayBuffer>

/**
 * Floats rounded to the nearest float16, of two equally near to the even one; beyond 65,504 becomes infinity.
 * About three decimal digits stay: half the bytes, for weights that are only looked at.
 */
export function toHalves(floats: Floats): Halves {
  return Uint16Array.from(floats, halfOf)
}

/** Smallest float16 whose exponent is not 0. */
const SMALLEST_NORMAL = 2 ** -14

function halfOf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const size = Math.abs(value)
  if (size < SMALLEST_NORMAL) return sign | roundToEven(size * 2 ** 24)
  const exponent = Math.floor(Math.log2(size))
  // A fraction that rounds up to 1 adds itself to the exponent, as it should.
  const bits = ((exponent + 15) << 10) + roundToEven((size / 2 ** exponent - 1) * 1024)
  return sign | Math.min(bits, 0x7c00)
}

function roundToEven(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below
}

const word = new Uint32Array(1)
const wordAsFloat = new Float32Array(word.buffer)

function fromUpperHalf(bits: number): number {
  word[0] = bits << 16
  return wordAsFloat[0]!
}
