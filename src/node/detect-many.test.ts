import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { freshModelBytes } from '../../test/support/fresh-model.ts'
import type { Detection } from '../detect/detection.ts'
import { BATCH } from '../detect/loaded-model.ts'
import type { Image } from '../image/image.ts'
import { createRandom } from '../random/random.ts'
import { detect, type Found, type Picture } from './detect.ts'
import { detectEach } from './detect-each.ts'
import type { DetectEvent } from './events.ts'
import { loadModel } from './model.ts'
import { writePng } from './picture/write-image.ts'

const folder = await mkdtemp(join(tmpdir(), 'singleshot-many-'))
const model = await loadModel(freshModelBytes(), { threads: 1 })
afterAll(async () => {
  await model.close()
  await rm(folder, { recursive: true })
})

/** Picture i, of its own size and noise. */
function picture(i: number): Image {
  const random = createRandom(i)
  const size = { width: 40 + i, height: 30 + 2 * i }
  const data = Uint8Array.from({ length: size.width * size.height * 3 }, () => random.integer(256))
  return { ...size, data }
}

/** Names that the disk lists in another order than they were written, and one that is no picture. */
const photos = join(folder, 'photos')
const NAMES = ['c.png', 'a.png', 'b.png', 'e.png', 'd.png']
for (const [i, name] of NAMES.entries()) await writePng(picture(i), join(photos, name))
await writeFile(join(photos, 'notes.txt'), 'no picture')
await mkdir(join(photos, 'more'))
await writePng(picture(9), join(photos, 'more', 'f.png'))

const low = { scoreThreshold: 0.01, maxDetections: 20 }
const broken = Uint8Array.from([1, 2, 3])

async function all<P extends Picture>(found: AsyncIterable<Found<P>>): Promise<Found<P>[]> {
  const results: Found<P>[] = []
  for await (const one of found) results.push(one)
  return results
}

/** Lets everything happen that waits for nothing else. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** Whether two lists of detections are the same but for rounding. */
function expectClose(found: readonly Detection[], wanted: readonly Detection[]) {
  expect(found.map(({ className }) => className)).toEqual(wanted.map(({ className }) => className))
  for (const [i, { score, box }] of found.entries()) {
    expect(Math.abs(score - wanted[i]!.score)).toBeLessThan(1e-5)
    for (const side of ['x1', 'y1', 'x2', 'y2'] as const)
      expect(Math.abs(box[side] - wanted[i]!.box[side])).toBeLessThan(1e-5 * 100)
  }
}

describe('many pictures', () => {
  it.each<[what: string, source: () => Iterable<Image> | AsyncIterable<Image>]>([
    ['a list', () => [0, 1, 2].map(picture)],
    [
      'a generator',
      function* () {
        for (const i of [0, 1, 2]) yield picture(i)
      },
    ],
    [
      'what comes one after another',
      async function* () {
        for (const i of [0, 1, 2]) yield picture(i)
      },
    ],
  ])(
    'may be %s; results come in order, with the picture, its size and its place',
    async (_, source) => {
      const found = await all(detect(model, source(), low))
      expect(found.map(({ index, width, height }) => [index, width, height])).toEqual([
        [0, 40, 30],
        [1, 41, 32],
        [2, 42, 34],
      ])
      for (const [i, { detections, picture: given }] of found.entries()) {
        expect(given).toEqual(picture(i))
        expect(detections).toHaveLength(20)
        expectClose(detections, await detect(model, picture(i), low))
      }
    },
  )

  it('may be a folder: its pictures in order of name, those deeper down on request', async () => {
    const told: DetectEvent[] = []
    const options = { ...low, onEvent: (event: DetectEvent) => told.push(event) }
    const found = await all(detect(model, photos, options))
    expect(found.map((one) => one.picture)).toEqual(
      NAMES.toSorted().map((name) => join(photos, name)),
    )
    expect(told).toEqual([
      { type: 'message', message: expect.stringContaining('its subfolders hold pictures too') },
    ])
    const deeper = await all(detect(model, pathToFileURL(photos), { ...low, recursive: true }))
    expect(deeper.map((one) => one.picture)).toContain(join(photos, 'more', 'f.png'))
    expect(deeper).toHaveLength(6)
  })

  it('may be one: a path is awaited or gone through; a folder that is awaited says what to do', async () => {
    const path = join(photos, 'a.png')
    const [only, ...others] = await all(detect(model, path, low))
    expect(others).toEqual([])
    expect(only).toMatchObject({
      index: 0,
      picture: path,
      detections: await detect(model, path, low),
    })
    await expect(detect(model, photos)).rejects.toMatchObject({
      code: 'E_ARGUMENT',
      message: expect.stringContaining('for await (const found of detect(model, folder))'),
    })
  })

  it('may be none', async () => {
    expect(await all(detect(model, []))).toEqual([])
  })

  it('get the same numbers in a batch as alone, but for rounding', async () => {
    // As many as make two whole batches and a part of one.
    const pictures = Array.from({ length: 2 * BATCH + 1 }, (_, i) => picture(i))
    let batches = 0
    const counted = {
      network: model.network,
      batchNetwork: async () => {
        batches++
        return model.batchNetwork()
      },
    }
    const found: Detection[][] = []
    for await (const outcome of detectEach(counted, pictures, { thresholds: low })) {
      if (outcome.problem === undefined) found.push(outcome.detections)
      await settled() // Meanwhile the next are decoded, so that a batch fills.
    }
    expect(batches).toBeGreaterThan(0)
    expect(found).toHaveLength(pictures.length)
    for (const [i, detections] of found.entries())
      expectClose(detections, await detect(model, pictures[i]!, low))
  })
})

describe('a picture that cannot be read, among many', () => {
  const mixed = [picture(0), broken, picture(2)]

  it('is left out and told with its place; the others keep theirs', async () => {
    const told: DetectEvent[] = []
    const found = await all(detect(model, mixed, { onEvent: (event) => told.push(event) }))
    expect(found.map(({ index }) => index)).toEqual([0, 2])
    expect(told).toEqual([
      {
        type: 'problem',
        index: 1,
        picture: broken,
        problem: expect.objectContaining({ code: 'E_IMAGE_UNREADABLE' }),
      },
    ])
  })

  it('is thrown in its place if strict', async () => {
    const indices: number[] = []
    const strictly = async () => {
      for await (const { index } of detect(model, mixed, { strict: true })) indices.push(index)
    }
    await expect(strictly()).rejects.toMatchObject({ code: 'E_IMAGE_UNREADABLE' })
    expect(indices).toEqual([0])
  })

  it('is thrown at the end if none of them could be read: that is no detail', async () => {
    const none = [join(folder, 'none.jpg'), broken]
    await expect(all(detect(model, none))).rejects.toMatchObject({ code: 'E_IMAGE_MISSING' })
  })

  it('is told from what is no picture at all, and from a wrong option, which end the call', async () => {
    const numbers = [7] as unknown as Image[]
    await expect(all(detect(model, numbers))).rejects.toMatchObject({ code: 'E_ARGUMENT' })
    await expect(all(detect(model, [picture(0)], { scoreThreshold: 2 }))).rejects.toMatchObject({
      code: 'E_CONFIG',
    })
  })
})
