/**
 * @file Pictures that are there more than once: the same bytes, or nearly the same pixels at any size.
 *
 * Each small grey version becomes 64 bits: is a place lighter than the one right of it (the "difference hash")? Two of
 * one picture differ in a few bits. Of 64 bits in four words, two that differ in at most three share a word; so only
 * pictures that share a word are compared, and then by their pixels.
 */
import type { PictureFacts } from './picture-look.ts'
import { THUMB } from './picture-look.ts'

/** Two pictures that are one. */
export interface DuplicatePair {
  readonly first: number
  readonly second: number
  /** Whether their files are equal byte for byte. */
  readonly exact: boolean
}

const GRID = 8
const WORDS = 4
const MOST_BITS = 3

/** Mean difference of grey values, after equal brightness, below which two small versions show one picture. */
const MOST_DIFFERENCE = 3

/** How far the ratios of their sides may differ: cut ones are other pictures. */
const RATIO_TOLERANCE = 0.02

/** All pairs of pictures that are one; each picture is paired with the first that it equals. */
export function findDuplicates(pictures: readonly PictureFacts[]): DuplicatePair[] {
  const byDigest = new Map<string, number>()
  const byWord = new Map<string, number[]>()
  const hashes = pictures.map(({ thumb }) => hashOf(thumb))
  const pairs: DuplicatePair[] = []
  for (const [second, picture] of pictures.entries()) {
    const same = byDigest.get(picture.digest)
    if (same !== undefined) {
      pairs.push({ first: same, second, exact: true })
      continue
    }
    byDigest.set(picture.digest, second)
    const words = wordsOf(hashes[second]!)
    const candidates = new Set(words.flatMap((word) => byWord.get(word) ?? []))
    const first = [...candidates]
      .toSorted((a, b) => a - b)
      .find(
        (i) =>
          differing(hashes[i]!, hashes[second]!) <= MOST_BITS && isAlike(pictures[i]!, picture),
      )
    if (first !== undefined) pairs.push({ first, second, exact: false })
    for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), second])
  }
  return pairs
}

/** 64 bits, one per place: lighter than the place right of it. */
function hashOf(thumb: Uint8Array): boolean[] {
  const cell = (row: number, column: number) => {
    const [height, width] = [THUMB.height / GRID, THUMB.width / (GRID + 1)]
    let sum = 0
    let count = 0
    for (let y = Math.floor(row * height); y < Math.floor((row + 1) * height); y++)
      for (let x = Math.floor(column * width); x < Math.floor((column + 1) * width); x++) {
        sum += thumb[y * THUMB.width + x]!
        count += 1
      }
    return sum / count
  }
  return Array.from({ length: GRID * GRID }, (_, i) => {
    const [row, column] = [Math.floor(i / GRID), i % GRID]
    return cell(row, column) > cell(row, column + 1)
  })
}

function wordsOf(hash: readonly boolean[]): string[] {
  const length = hash.length / WORDS
  return Array.from({ length: WORDS }, (_, i) => {
    const bits = hash.slice(i * length, (i + 1) * length)
    return `${i}:${bits.map(Number).join('')}`
  })
}

const differing = (a: readonly boolean[], b: readonly boolean[]) =>
  a.reduce((count, bit, i) => count + (bit === b[i] ? 0 : 1), 0)

/** Whether two small versions show one picture. @param most mean difference of grey values, after equal brightness */
export function isAlike(a: PictureFacts, b: PictureFacts, most = MOST_DIFFERENCE): boolean {
  const ratio = (size: PictureFacts['size']) => size.width / size.height
  if (Math.abs(Math.log(ratio(a.size) / ratio(b.size))) > RATIO_TOLERANCE) return false
  const lighter = a.brightness - b.brightness
  let sum = 0
  for (let i = 0; i < a.thumb.length; i++) sum += Math.abs(a.thumb[i]! - b.thumb[i]! - lighter)
  return sum / a.thumb.length <= most
}
