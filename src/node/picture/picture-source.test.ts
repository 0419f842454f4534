import { expect, test } from 'vitest'
import type { Example } from '../../dataset/dataset.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { createImage } from '../../image/image.ts'
import { buildPyramid } from '../../image/pyramid.ts'
import { IDENTITY } from '../../image/transform.ts'
import { createPictureSource } from './picture-source.ts'

const size = { width: 3, height: 2 }
const examples = (count: number): Example[] =>
  Array.from({ length: count }, (_, i) => ({ id: `${i}`, imagePath: `${i}`, size, objects: [] }))

/** A source of which some pictures fail, and what it told and read. */
function sourceOf(count: number, broken: (id: string) => boolean, strict = false) {
  const told: string[] = []
  const read: string[] = []
  const all = examples(count)
  const source = createPictureSource({
    examples: all,
    strict,
    onEvent: ({ problem }) => told.push(problem.parts.file!),
    get: async ({ id }) => {
      read.push(id)
      if (broken(id))
        throw new SingleshotError('E_IMAGE_UNREADABLE', { where: 'f', rule: 'r', file: id })
      return { pyramid: buildPyramid(createImage(size), 1), scale: IDENTITY }
    },
  })
  const idFor = async (i: number) => (await source(all[i]!)).example?.id
  return { idFor, told, read }
}

test('the next picture that can be read takes the place of one that cannot, which is told once', async () => {
  const { idFor, told, read } = sourceOf(4, (id) => id === '2' || id === '3')
  expect([await idFor(1), await idFor(2), await idFor(2), await idFor(3)]).toEqual([
    ...['1', '0', '0', '0'],
  ])
  expect(told).toEqual(['2', '3'])
  expect(read).toEqual(['1', '2', '3', '0', '0', '0'])
})

test('asked for side by side, each place is taken as if it had been asked for alone', async () => {
  const { idFor, told } = sourceOf(4, (id) => id === '1')
  expect(await Promise.all([idFor(1), idFor(1), idFor(2)])).toEqual(['2', '2', '2'])
  expect(told).toEqual(['1'])
})

test('if strict, the first one is an error', async () => {
  await expect(sourceOf(4, (id) => id === '2', true).idFor(2)).rejects.toMatchObject({
    code: 'E_IMAGE_UNREADABLE',
  })
})

test('when more than a tenth of many, or all of a few, can no longer be read, training ends', async () => {
  await expect(sourceOf(3, () => true).idFor(0)).rejects.toThrow(
    'f: r; 3 of 3 pictures could be read before and no longer can (2)',
  )
  const { idFor, told } = sourceOf(200, (id) => Number(id) >= 100)
  await expect(idFor(100)).rejects.toThrow('21 of 200')
  expect(told).toHaveLength(21)
})
