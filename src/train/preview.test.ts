import { describe, expect, it } from 'vitest'
import { anchorsOf } from '../anchor/model-anchors.ts'
import { NO_AUGMENTATION, SSD_AUGMENTATION } from '../augment/options.ts'
import { tinyModel } from '../config/tiny.ts'
import type { Example } from '../dataset/dataset.ts'
import { createImage } from '../image/image.ts'
import { buildPyramid } from '../image/pyramid.ts'
import { IDENTITY } from '../image/transform.ts'
import { createBatches } from './batches.ts'
import { imagesOf } from './preview.ts'

const size = { width: 96, height: 64 }
const config = tinyModel(['cat', 'dog'], size)
const examples: Example[] = [
  {
    ...{ id: 'a', imagePath: '', size },
    objects: [
      { box: { x1: 10, y1: 8, x2: 50, y2: 40 }, classId: 1, difficult: false },
      { box: { x1: 60, y1: 20, x2: 90, y2: 60 }, classId: 0, difficult: false },
    ],
  },
  { ...{ id: 'empty', imagePath: '', size }, objects: [] },
]

const batchOf = (augment: typeof NO_AUGMENTATION) =>
  createBatches({
    ...{ config, examples, augment, batch: 2, seed: 1 },
    anchors: anchorsOf(config),
    pictures: async () => ({
      pyramid: buildPyramid(createImage(size, [200, 100, 50]), 1),
      scale: IDENTITY,
    }),
  }).make(0)

describe('the images of a batch', () => {
  it('are the pictures and objects again, from the numbers that the network is fed', async () => {
    const shown = imagesOf(await batchOf(NO_AUGMENTATION), config)
    const a = shown.find(({ id }) => id === 'a')!
    expect([...a.image.data.subarray(0, 3)]).toEqual([200, 100, 50])
    const sides = a.objects.map(({ box, classId }) => [
      classId,
      ...[box.x1, box.y1, box.x2, box.y2].map(Math.round),
    ])
    expect(sides.toSorted()).toEqual([
      [0, 60, 20, 90, 60],
      [1, 10, 8, 50, 40],
    ])
    expect(a.objects.every(({ anchors }) => anchors > 0)).toBe(true)
    expect(shown.find(({ id }) => id === 'empty')!.objects).toEqual([])
  })

  it('show what variation made of them, inside the input', async () => {
    for (const { image, objects } of imagesOf(await batchOf(SSD_AUGMENTATION), config)) {
      expect([image.width, image.height]).toEqual([96, 64])
      for (const { box } of objects) {
        expect(Math.min(box.x1, box.y1)).toBeGreaterThanOrEqual(0)
        expect([box.x2 <= 96, box.y2 <= 64, box.x1 < box.x2, box.y1 < box.y2]).toEqual(
          Array(4).fill(true),
        )
      }
    }
  })
})
