import { describe, expect, it } from 'vitest'
import { createRandom } from '../random/random.ts'
import { findDuplicates } from './duplicates.ts'
import { groupPictures } from './groups.ts'
import { type PictureFacts, spreadOf, THUMB } from './picture-look.ts'

/** What chance shows. @param noise how much other chance is mixed in, grey values */
function facts(
  file: string,
  seed: number,
  { noise = 0, size = { width: 64, height: 48 } } = {},
): PictureFacts {
  const random = createRandom(seed)
  const other = createRandom(
    seed,
    [...file].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 99_991, 7),
  )
  const thumb = Uint8Array.from({ length: THUMB.width * THUMB.height }, () =>
    Math.min(255, Math.max(0, random.between(30, 220) + other.between(-noise, noise))),
  )
  const { mean, deviation } = spreadOf(thumb)
  return {
    ...{ file, size, orientation: 1, pages: 1, digest: `${file}${seed}`, thumb },
    ...{ brightness: mean, contrast: deviation, sharpness: 10 },
  }
}

describe('pictures that belong together', () => {
  it('are those that are nearly equal, at any size, but not cut ones', () => {
    const a = facts('a.jpg', 1)
    const pictures = [
      a,
      facts('b.jpg', 2),
      facts('small.jpg', 1, { noise: 1, size: { width: 32, height: 24 } }),
      facts('cut.jpg', 1, { size: { width: 40, height: 48 } }),
      { ...facts('copy.jpg', 1), digest: a.digest },
    ]
    expect(findDuplicates(pictures)).toEqual([
      { first: 0, second: 2, exact: false },
      { first: 0, second: 4, exact: true },
    ])
    expect(groupPictures(pictures)).toEqual([0, 1, 0, 3, 0])
  })

  it('and frames of one film: of neighbouring numbers, and alike', () => {
    const frames = [
      facts('film/frame_0010.jpg', 5),
      facts('film/frame_0025.jpg', 5, { noise: 9 }),
      facts('film/frame_0040.jpg', 6),
      facts('film/frame_0099.jpg', 5, { noise: 9 }),
      facts('other_0011.jpg', 5, { noise: 9 }),
    ]
    // The third is another scene, the fourth far away in time, the fifth not of this film.
    expect(findDuplicates(frames)).toEqual([])
    expect(groupPictures(frames)).toEqual([0, 0, 2, 3, 4])
  })
})
