import { expect, test } from 'vitest'
import type { Example } from '../../dataset/dataset.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { createImage } from '../../image/image.ts'
import { createPictureCache } from '../picture/picture-cache.ts'
import { checkPictures } from './check-pictures.ts'
import type { Data } from './data.ts'

const size = { width: 8, height: 4 }
const BROKEN = ['b', 'd']

/** Data of pictures called by letters, of which b and d cannot be read, and what was done with each. */
function dataOf(letters: string) {
  const looks: string[] = []
  const look = async (how: string, { id }: Example) => {
    looks.push(`${how} ${id}`)
    if (BROKEN.includes(id))
      throw new SingleshotError('E_IMAGE_UNREADABLE', { where: 'f', rule: 'r', file: id })
    return createImage(size)
  }
  const examples = [...letters].map((id) => ({ id, imagePath: id, size, objects: [] }))
  const data: Data = {
    dataset: {
      ...{ name: 'set', classes: [], examples, problems: [] },
      leftOut: { images: 1, objects: 2 },
    },
    splits: [],
    readImage: (example) => look('decode', example),
    checkImage: async (example) => void (await look('check', example)),
  }
  const cacheOf = (budget: number) =>
    createPictureCache({ inputSize: size, budget, read: data.readImage })
  return { data, looks, cacheOf }
}

test('what cannot be read is left out, told and counted beside what was left out before', async () => {
  const { data } = dataOf('abcd')
  const told: string[] = []
  const counted: number[] = []
  const checked = await checkPictures(data, {
    onEvent: (event) =>
      event.type === 'problem' ? told.push(event.problem.parts.file!) : counted.push(event.done),
  })
  expect(counted).toEqual([1, 2, 3, 4])
  expect(checked.dataset.examples.map(({ id }) => id)).toEqual(['a', 'c'])
  expect(checked.dataset.leftOut).toEqual({ images: 3, objects: 2 })
  expect(told).toEqual(BROKEN)
})

test('pictures are decoded into the cache while it has room, and not again; the rest are checked', async () => {
  const { data, looks, cacheOf } = dataOf('ace')
  const cache = cacheOf(2 * 3 * 8 * 4 * 1.4)
  const { dataset } = await checkPictures(data, { cache })
  expect(looks.toSorted()).toEqual(['check e', 'decode a', 'decode c'])
  await cache.get(dataset.examples[0]!)
  expect(looks).toHaveLength(3)
})

test('if strict, all are looked at before the error', async () => {
  const { data, looks } = dataOf('abcd')
  await expect(checkPictures(data, { strict: true })).rejects.toThrow(
    'expected data without problems in set, got 2 (2 E_IMAGE_UNREADABLE)',
  )
  expect(looks).toHaveLength(4)
})

test('when none is left, that is the error', async () => {
  const error = { code: 'E_NO_IMAGES' }
  await expect(checkPictures(dataOf('bd').data)).rejects.toMatchObject(error)
})

test('an abort ends it', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(checkPictures(dataOf('abc').data, { signal })).rejects.toThrow('enough')
})
