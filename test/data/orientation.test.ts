/** @file One picture as a camera may have stored it, in all eight orientations: the same pixels and boxes everywhere. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openData } from '../../src/node/data/data.ts'
import { examineData } from '../../src/node/data/doctor.ts'
import { collectPictures } from '../../src/node/page/explain-pictures.ts'
import { readImage } from '../../src/node/picture/read-image.ts'
import { sharp } from '../../src/node/picture/sharp.ts'
import { readLabelledPicture } from '../../src/node/why.ts'

const WIDTH = 60
const HEIGHT = 40

/** How the pixels lie in the file when the camera was held so; the tag says how to turn them back. */
const STORED: readonly ((upright: Sharp) => Sharp)[] = [
  (upright) => upright,
  (upright) => upright.flop(),
  (upright) => upright.rotate(180),
  (upright) => upright.flip(),
  (upright) => upright.rotate(270).flop(),
  (upright) => upright.rotate(270),
  (upright) => upright.rotate(90).flop(),
  (upright) => upright.rotate(90),
]

/** A red square on grey, left of the middle and above it. */
const BOX = { x1: 8, y1: 6, x2: 24, y2: 20 }

function pixels(): Uint8Array {
  const data = new Uint8Array(WIDTH * HEIGHT * 3).fill(90)
  for (let y = BOX.y1; y < BOX.y2; y++)
    for (let x = BOX.x1; x < BOX.x2; x++) data.set([220, 20, 20], (y * WIDTH + x) * 3)
  return data
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'singleshot-turned-'))
  await mkdir(join(folder, 'images'))
  const rows = ['filename,width,height,class,xmin,ymin,xmax,ymax']
  for (const [i, store] of STORED.entries()) {
    const raw = { width: WIDTH, height: HEIGHT, channels: 3 } as const
    // Turned first and then stored: sharp does several turns of one picture in an order of its own.
    const turned = await store(sharp(pixels(), { raw })).raw().toBuffer({ resolveWithObject: true })
    const { width, height } = turned.info
    const bytes = await sharp(turned.data, { raw: { width, height, channels: 3 } })
      .png()
      .withMetadata({ orientation: i + 1 })
      .toBuffer()
    await writeFile(join(folder, 'images', `${i + 1}.png`), bytes)
    rows.push(`${i + 1}.png,${WIDTH},${HEIGHT},square,${Object.values(BOX).join(',')}`)
  }
  await writeFile(join(folder, 'labels.csv'), `${rows.join('\n')}\n`)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a picture in all eight orientations', () => {
  it('has the same pixels', async () => {
    for (let i = 1; i <= 8; i++) {
      const image = await readImage(join(folder, 'images', `${i}.png`))
      expect([image.width, image.height, i]).toEqual([WIDTH, HEIGHT, i])
      expect(Buffer.compare(image.data, pixels()), `orientation ${i}`).toBe(0)
    }
  })

  it('has the same size and box as training, eval and anchors read it, and as why does', async () => {
    const { dataset } = await openData(folder)
    expect(dataset.problems).toEqual([])
    expect(dataset.examples.map(({ size, objects }) => [size, objects[0]!.box])).toEqual(
      Array(8).fill([{ width: WIDTH, height: HEIGHT }, BOX]),
    )
    const path = join(folder, 'images', '6.png')
    const why = await readLabelledPicture(path, { classes: ['square'], data: folder })
    expect([why.image.width, why.objects![0]!.box]).toEqual([WIDTH, BOX])
  })

  it('is published upright, beside the page', async () => {
    const { pictures } = await collectPictures({ source: folder, onMessage: () => undefined })
    for (const { bytes } of pictures) {
      const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
      expect([info.width, info.height]).toEqual([WIDTH, HEIGHT])
      expect(Buffer.compare(data, pixels())).toBe(0)
    }
    expect(pictures.length).toBeGreaterThan(0)
  })

  it('is told by the doctor, but for the one that lies as it is stored', async () => {
    const { findings } = await examineData({ data: folder, input: { width: 96, height: 64 } })
    const turned = findings.filter(({ code }) => code === 'picture-turned')
    expect(turned.map(({ file }) => file)).toEqual(
      [2, 3, 4, 5, 6, 7, 8].map((i) => `images/${i}.png`),
    )
  })
})
