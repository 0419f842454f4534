import { describe, expect, it } from 'vitest'
import { anchorsOf } from '../anchor/model-anchors.ts'
import { MILD_AUGMENTATION, NO_AUGMENTATION, NO_MOSAIC } from '../augment/options.ts'
import { tinyModel } from '../config/tiny.ts'
import type { Example } from '../dataset/dataset.ts'
import { createImage } from '../image/image.ts'
import { buildPyramid } from '../image/pyramid.ts'
import { IDENTITY } from '../image/transform.ts'
import { createRandom } from '../random/random.ts'
import { type Batch, type BatchSource, createBatches } from './batches.ts'
import { createRow } from './order.ts'
import { fetchPictures, type SampledPicture } from './pictures.ts'
import { imagesOf } from './preview.ts'

const size = { width: 48, height: 32 }
const config = tinyModel(['cat', 'dog'], size)

const examples: Example[] = Array.from({ length: 5 }, (_, i) => ({
  ...{ id: `e${i}`, imagePath: '', size },
  objects: [{ box: { x1: 4 + i, y1: 3, x2: 30 + i, y2: 28 }, classId: i % 2, difficult: false }],
}))

/** A grey of its own for each example. */
const picture = ({ id }: Example): SampledPicture => {
  const image = createImage(size)
  image.data.fill(40 * Number(id.slice(1)))
  return { pyramid: buildPyramid(image, 1), scale: IDENTITY }
}

const source: BatchSource = {
  ...{ config, examples, augment: MILD_AUGMENTATION, batch: 3, seed: 7 },
  anchors: anchorsOf(config),
  pictures: async (example) => picture(example),
}

/** As the engine returns them. */
const buffersOf = ({ images, classTargets, offsetTargets }: Batch) => ({
  images,
  classTargets,
  offsetTargets,
})

describe('createRow(list, seed)', () => {
  it('holds every entry once per epoch, in an order of its own, whatever is asked first', () => {
    const list = [...'abcdefgh']
    const row = createRow(list, 3)
    const epoch = (n: number) => list.map((_, i) => row(8 * n + i))
    const [first, second] = [epoch(0), epoch(1)]
    expect(first.toSorted()).toEqual(list)
    expect(second.toSorted()).toEqual(list)
    expect(second).not.toEqual(first)
    expect(epoch(0)).toEqual(first)
    const other = createRow(list, 4)
    expect(list.map((_, i) => other(i))).not.toEqual(first)
  })

  it('is the order in which it was always drawn: runs of former versions can be repeated', () => {
    const order = createRandom(3, 1, 2).permutation(8)
    expect(order.map((_, i) => createRow([0, 1, 2, 3, 4, 5, 6, 7], 3)(16 + i))).toEqual(order)
  })
})

describe('createBatches(source)', () => {
  it('fills buffers that were given back exactly as fresh ones', async () => {
    const kept = createBatches(source)
    for (let step = 0; step < 6; step++) {
      const batch = await kept.make(step)
      const fresh = await createBatches(source).make(step)
      expect(batch).toEqual(fresh)
      // What the engine leaves in them must not matter.
      for (const values of [batch.images, batch.classTargets, batch.offsetTargets]) values.fill(9)
      kept.giveBack(buffersOf(batch))
    }
  })

  it('needs no more than two sets of buffers: one that is computed, one that is filled', async () => {
    const batches = createBatches(source)
    const seen = new Set<ArrayBuffer>()
    let computed = await batches.make(0)
    seen.add(computed.images.buffer)
    for (let step = 1; step < 8; step++) {
      const next = await batches.make(step)
      seen.add(next.images.buffer)
      batches.giveBack(buffersOf(computed))
      computed = next
    }
    expect(seen.size).toBe(2)
  })

  it('is the same whichever picture is decoded first', async () => {
    const waits = [4, 1, 3, 0, 2]
    const pictures = async (example: Example) => {
      for (let i = 0; i < waits[Number(example.id.slice(1))]!; i++) await Promise.resolve()
      return picture(example)
    }
    const slow = createBatches({ ...source, pictures })
    for (let step = 0; step < 3; step++)
      expect(await slow.make(step)).toEqual(await createBatches(source).make(step))
  })
})

describe('fetchPictures(examples, source)', () => {
  it('fetches side by side, a few at once, and keeps the order', async () => {
    const many = Array.from({ length: 10 }, (_, i) => ({ ...examples[0]!, id: `e${i}` }))
    let [under, most] = [0, 0]
    const fetched = await fetchPictures(many, async (example) => {
      most = Math.max(most, ++under)
      await Promise.resolve()
      under--
      return picture(example)
    })
    expect(most).toBe(4)
    expect(fetched).toEqual(many.map((example) => ({ example, ...picture(example) })))
  })

  it('fails with the first example that failed, after everything that was begun has ended', async () => {
    let ended = 0
    const fetching = fetchPictures(examples, async ({ id }) => {
      // The later one fails sooner.
      for (let i = id === 'e1' ? 5 : 0; i > 0; i--) await Promise.resolve()
      ended++
      if (id === 'e1' || id === 'e3') throw new Error(id)
      return picture(examples[0]!)
    })
    await expect(fetching).rejects.toThrow('e1')
    expect(ended).toBe(examples.length)
  })
})

describe('mosaics', () => {
  const mosaic: BatchSource = {
    ...source,
    augment: { ...NO_AUGMENTATION, mosaic: { probability: 1, centre: [0.5, 0.5] } },
    batch: 2,
  }
  const { width, height } = config.input

  it('show four pictures, each in its quarter, and ask for the objects of all four', async () => {
    const batch = await createBatches(mosaic).make(0)
    for (const [n, id] of batch.ids.entries()) {
      const four = id.split('+')
      expect(four).toHaveLength(4)
      const plane = batch.images.subarray(n * 3 * width * height, (n * 3 + 1) * width * height)
      const greyAt = (x: number, y: number) => {
        const { mean, std } = config.normalisation
        return plane[y * width + x]! * std[0]! + mean[0]!
      }
      const [left, right, upper, lower] = [2, width - 3, 2, height - 3]
      const seen = [
        greyAt(left, upper),
        greyAt(right, upper),
        greyAt(left, lower),
        greyAt(right, lower),
      ]
      for (const [i, grey] of seen.entries())
        expect(grey).toBeCloseTo(40 * Number(four[i]!.slice(1)), 2)
    }
    const [first] = imagesOf(batch, config)
    const quarters = first!.objects.map(
      ({ box }) => Number(box.x1 >= width / 2 - 1) + 2 * Number(box.y1 >= height / 2 - 1),
    )
    expect(new Set(quarters)).toEqual(new Set([0, 1, 2, 3]))
    for (const { box } of first!.objects) {
      expect(box.x2 - box.x1).toBeLessThanOrEqual(width / 2 + 1)
      expect(box.y2 - box.y1).toBeLessThanOrEqual(height / 2 + 1)
    }
  })

  it('change nothing of the images that are none', async () => {
    const plain = await createBatches(source).make(0)
    const augment = { ...source.augment, mosaic: { ...NO_MOSAIC, probability: 0.5 } }
    const mixed = await createBatches({ ...source, augment }).make(0)
    const size = 3 * width * height
    const kinds = mixed.ids.map((id) => id.includes('+'))
    expect(new Set(kinds).size).toBe(2)
    for (const [n, isMosaic] of kinds.entries()) {
      const part = (batch: Batch) => batch.images.slice(n * size, (n + 1) * size)
      if (isMosaic) expect(part(mixed)).not.toEqual(part(plain))
      else expect(part(mixed)).toEqual(part(plain))
    }
  })

  it('are the same for the same seed', async () => {
    const again = await createBatches(mosaic).make(3)
    const once = await createBatches(mosaic).make(3)
    expect(once.ids).toEqual(again.ids)
    expect(once.images).toEqual(again.images)
    expect(once.classTargets).toEqual(again.classTargets)
  })
})
