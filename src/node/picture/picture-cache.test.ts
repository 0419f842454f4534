import { expect, test } from 'vitest'
import type { Example } from '../../dataset/dataset.ts'
import { createImage } from '../../image/image.ts'
import { transformBox } from '../../image/transform.ts'
import { createPictureCache } from './picture-cache.ts'

const inputSize = { width: 20, height: 15 }
const example = (id: string): Example => ({
  id,
  imagePath: id,
  size: { width: 80, height: 25 },
  objects: [],
})

/** A cache over grey pictures, with a list of what was read. */
function cacheOf(budget: number) {
  const reads: string[] = []
  const read = async ({ id, size }: Example) => {
    reads.push(id)
    if (id === 'broken') throw new Error('cannot read')
    return createImage(size, [9, 9, 9])
  }
  return { reads, cache: createPictureCache({ inputSize, budget, read }) }
}

test('a picture is shrunk to twice the input on each side that is longer, and boxes can follow', async () => {
  const { cache } = cacheOf(1e6)
  const { pyramid, scale } = await cache.get(example('a'))
  expect(pyramid.levels.map(({ width, height }) => [width, height])).toEqual([
    [40, 25],
    [20, 13],
    [10, 7],
    [5, 4],
  ])
  const box = { x1: 10, y1: 5, x2: 80, y2: 25 }
  expect(transformBox(box, scale)).toEqual({ x1: 5, y1: 5, x2: 40, y2: 25 })
})

test('a picture is read once, also when it is asked for twice at once', async () => {
  const { cache, reads } = cacheOf(1e6)
  const [first, second] = await Promise.all([cache.get(example('a')), cache.get(example('a'))])
  expect(second).toBe(first)
  expect(await cache.get(example('a'))).toBe(first)
  expect(reads).toEqual(['a'])
})

test('beyond the budget pictures are read again each time, and those that are kept stay', async () => {
  const each = 3 * (40 * 25 + 20 * 13 + 10 * 7 + 5 * 4)
  const { cache, reads } = cacheOf(each)
  await cache.get(example('a'))
  await cache.get(example('b'))
  await cache.get(example('b'))
  await cache.get(example('a'))
  expect(reads).toEqual(['a', 'b', 'b'])
  expect(cache.bytes()).toBe(each)
})

test('a picture that could not be read is tried again', async () => {
  const { cache, reads } = cacheOf(1e6)
  await expect(cache.get(example('broken'))).rejects.toThrow('cannot read')
  await expect(cache.get(example('broken'))).rejects.toThrow('cannot read')
  expect(reads).toEqual(['broken', 'broken'])
})
