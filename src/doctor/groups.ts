/** @file Pictures that belong together: nearly equal ones, and frames of one film. */
import { findDuplicates, isAlike } from './duplicates.ts'
import type { PictureFacts } from './picture-look.ts'

/** Mean difference of grey values up to which pictures with consecutive numbers are frames of one film. */
const FILM_DIFFERENCE = 12

/** Numbers by which the names of neighbouring frames differ: not every frame is kept. */
const FILM_GAP = 30

/**
 * Groups of pictures.
 * @returns for each picture the place of the first of its group
 */
export function groupPictures(pictures: readonly PictureFacts[]): number[] {
  const first = pictures.map((_, i) => i)
  const root = (i: number): number => (first[i] === i ? i : root(first[i]!))
  const join = (a: number, b: number) => {
    const [low, high] = [root(a), root(b)].toSorted((x, y) => x - y)
    first[high!] = low!
  }
  for (const pair of findDuplicates(pictures)) join(pair.first, pair.second)
  for (const [a, b] of neighbours(pictures))
    if (isAlike(pictures[a]!, pictures[b]!, FILM_DIFFERENCE)) join(a, b)
  return pictures.map((_, i) => root(i))
}

/** Pairs of pictures whose names differ in a number alone, and in that little. */
function neighbours(pictures: readonly PictureFacts[]): (readonly [number, number])[] {
  const films = new Map<string, { readonly i: number; readonly number: number }[]>()
  for (const [i, { file }] of pictures.entries()) {
    const [, before, digits, after] = /^(.*?)(\d+)(\D*)$/.exec(file) ?? []
    if (digits === undefined) continue
    const key = `${before}|${after}`
    films.set(key, [...(films.get(key) ?? []), { i, number: Number(digits) }])
  }
  return [...films.values()].flatMap((frames) => {
    const ordered = frames.toSorted((a, b) => a.number - b.number)
    return ordered.slice(1).flatMap((frame, k) => {
      const former = ordered[k]!
      return frame.number - former.number <= FILM_GAP ? [[former.i, frame.i] as const] : []
    })
  })
}
