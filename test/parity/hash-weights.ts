/** @file The same made-up numbers as make_models.py: a hash of a tensor's name and an element's number. */
import type { ModelConfig } from '../../src/config/model.ts'
import { elementCount, type Floats, type Shape } from '../../src/graph/tensor.ts'

/** FNV-1a, 32 bits. */
function nameHash(name: string): number {
  let value = 0x811c9dc5
  for (const byte of new TextEncoder().encode(name)) value = Math.imul(value ^ byte, 0x01000193)
  return value >>> 0
}

/** Whole numbers of 32 bits: murmur3's finaliser of the element's number, keyed by the name. */
function hash(key: number, i: number): number {
  let h = (Math.imul(i, 0x9e3779b1) + key) >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Numbers in -1..1. */
export function uniform(name: string, count: number): Float64Array {
  const key = nameHash(name)
  const numbers = new Float64Array(count)
  for (let i = 0; i < count; i++) numbers[i] = hash(key, i) / 2 ** 31 - 1
  return numbers
}

/** Which made-up weights; why these, make_models.py says. */
export interface MadeUpOptions {
  readonly salt: number
  /** What the heads' last layers are multiplied by. */
  readonly headGain: number
}

/** A tensor of a state dict, by what it is. */
export function madeUp(name: string, shape: Shape, { salt, headGain }: MadeUpOptions): Floats {
  const scale = (factor: number, shift = 0) =>
    new Float32Array(uniform(`${salt} ${name}`, elementCount(shape)).map((u) => shift + factor * u))
  if (name.endsWith('running_var')) return scale(0.3, 1)
  if (name.endsWith('scale_weight')) return scale(2, 20)
  if (shape.length === 4) {
    const answers = name.startsWith('head.') && shape[1]! > 1
    return scale(Math.sqrt(6 / elementCount(shape.slice(1))) * (answers ? headGain : 1))
  }
  return name.endsWith('weight') ? scale(0.2, 1) : scale(0.1)
}

/** [3, S, S] in 0..1: waves of other lengths along x and y, and noise. */
function madeUpPicture(index: number, size: number): Floats {
  const picture = new Float32Array(3 * size * size)
  for (let c = 0; c < 3; c++) {
    const noise = uniform(`picture ${index} ${c}`, size * size)
    for (let at = 0; at < size * size; at++) {
      const x = (at % size) / size
      const y = Math.floor(at / size) / size
      const wave = Math.sin((3 + index) * Math.PI * x + c) * Math.cos((2 + c) * Math.PI * y)
      picture[c * size * size + at] = 0.5 + 0.3 * wave + 0.2 * noise[at]!
    }
  }
  return picture
}

/** The first pictures as a network's input [N, 3, S, S], normalised. @param normalisation in 0..255 */
export function madeUpInput(
  count: number,
  size: number,
  normalisation: ModelConfig['normalisation'],
): Floats {
  const { mean, std } = normalisation
  const pixels = size * size
  const input = new Float32Array(count * 3 * pixels)
  for (let n = 0; n < count; n++)
    madeUpPicture(n, size).forEach((value, at) => {
      const channel = Math.floor(at / pixels)
      input[n * 3 * pixels + at] = (value * 255 - mean[channel]!) / std[channel]!
    })
  return input
}

/** Length of a tensor, and its shadows on four directions of +1 and -1: the last four bits of a hash. */
export function fingerprint(name: string, data: Float32Array): { norm: number; shadows: number[] } {
  const key = nameHash(`${name}#`)
  let squares = 0
  const shadows = [0, 0, 0, 0]
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!
    const bits = hash(key, i)
    squares += value * value
    for (let s = 0; s < shadows.length; s++) shadows[s]! += (bits >>> s) & 1 ? -value : value
  }
  return { norm: Math.sqrt(squares), shadows }
}
