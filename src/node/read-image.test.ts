import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createImage } from '../image/image.ts'
import { readExampleImage } from './read-example.ts'
import { decodeImage, readImage, readImageSize } from './read-image.ts'
import { drawOver, encodeJpeg, encodePng, writePng } from './write-image.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'singleshot-image-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** 3x2 pixels: red, green, blue above black, grey, white. */
const small = {
  width: 3,
  height: 2,
  data: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 128, 128, 128, 255, 255, 255),
}
const raw = { raw: { width: 3, height: 2, channels: 3 } } as const

test('a PNG comes back pixel by pixel', async () => {
  const path = join(folder, 'small.png')
  await writePng(small, path)
  expect(await readImage(path)).toEqual(small)
  expect(await readImageSize(path)).toEqual({ width: 3, height: 2 })
})

test('a grey picture, one of 16 bits and one of CMYK become RGB of 8 bits', async () => {
  const grey = await sharp(Buffer.from([0, 100, 255, 7, 8, 9]), {
    raw: { ...raw.raw, channels: 1 },
  })
    .toColourspace('b-w')
    .png()
    .toBuffer()
  const { data } = await decodeImage(grey, 'grey')
  expect([...data.subarray(0, 9)]).toEqual([0, 0, 0, 100, 100, 100, 255, 255, 255])
  const deep = await sharp(small.data, raw).toColourspace('rgb16').png().toBuffer()
  expect(await decodeImage(deep, '16 bits')).toEqual(small)
  const cmyk = await sharp({ create: { width: 9, height: 5, channels: 3, background: '#ff0000' } })
    .toColourspace('cmyk')
    .jpeg()
    .toBuffer()
  const print = await decodeImage(cmyk, 'cmyk')
  expect(print.data.length).toBe(9 * 5 * 3)
  expect(print.data[0]).toBeGreaterThan(200)
  expect(print.data[1]).toBeLessThan(80)
})

test('transparent parts show white', async () => {
  const data = Buffer.from([200, 0, 0, 255, 200, 0, 0, 0])
  const png = await sharp(data, { raw: { width: 2, height: 1, channels: 4 } })
    .png()
    .toBuffer()
  expect([...(await decodeImage(png, 'alpha')).data]).toEqual([200, 0, 0, 255, 255, 255])
})

test("the camera's rotation is applied: 3x2 stored with orientation 6 is 2x3 upright", async () => {
  const turned = await sharp(small.data, raw).withMetadata({ orientation: 6 }).png().toBuffer()
  const { width, height, data } = await decodeImage(turned, 'turned')
  expect({ width, height }).toEqual({ width: 2, height: 3 })
  // Turned clockwise, the left column (red above black) becomes the top row, black first.
  expect([...data.subarray(0, 6)]).toEqual([0, 0, 0, 255, 0, 0])
  const path = join(folder, 'turned.png')
  await writeFile(path, turned)
  expect(await readImageSize(path)).toEqual({ width: 2, height: 3 })
})

test('a file that is missing, empty, cut short or no picture is refused by name', async () => {
  const missing = join(folder, 'missing.jpg')
  await expect(readImage(missing)).rejects.toMatchObject({ code: 'E_IMAGE_MISSING' })
  await expect(readImage(missing)).rejects.toThrow('missing.jpg')
  await expect(readImage(folder)).rejects.toMatchObject({ code: 'E_IMAGE_UNREADABLE' })
  const noise = createImage({ width: 60, height: 40 })
  noise.data.forEach((_, i) => {
    noise.data[i] = (i * 7919) % 251
  })
  const jpeg = await encodeJpeg(noise)
  const broken = {
    'empty.jpg': [],
    'half.jpg': jpeg.subarray(0, jpeg.length / 2),
    'text.jpg': [72, 105],
  }
  for (const [name, bytes] of Object.entries(broken)) {
    const decoding = decodeImage(Uint8Array.from(bytes), name)
    await expect(decoding).rejects.toMatchObject({ code: 'E_IMAGE_UNREADABLE' })
    await expect(decoding).rejects.toThrow(name)
  }
})

test('a picture of more than 50 million pixels is refused', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10000" height="5001"/>'
  const decoding = decodeImage(Buffer.from(svg), 'huge.svg')
  await expect(decoding).rejects.toMatchObject({ code: 'E_IMAGE_UNREADABLE' })
})

test('a picture of another size than annotated is refused, with a hint if it was turned', async () => {
  const imagePath = join(folder, 'sized.png')
  await writeFile(imagePath, await encodePng(small))
  const example = { id: 'sized', imagePath, size: { width: 3, height: 2 }, objects: [] }
  expect(await readExampleImage(example)).toEqual(small)
  const shorter = readExampleImage({ ...example, size: { width: 3, height: 1 } })
  await expect(shorter).rejects.toMatchObject({ code: 'E_IMAGE_SIZE' })
  const turned = readExampleImage({ ...example, size: { width: 2, height: 3 } })
  await expect(turned).rejects.toMatchObject({ code: 'E_IMAGE_SIZE' })
  await expect(turned).rejects.toThrow('expected 2 x 3 pixels, as annotated, got 3 x 2 (the camera')
})

test('an SVG is drawn over a picture, and only where it has something', async () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"><rect width="1" height="1" fill="#0f0"/></svg>'
  const drawn = await drawOver(small, svg)
  expect([...drawn.data.subarray(0, 6)]).toEqual([0, 255, 0, 0, 255, 0])
  expect(drawn.data.subarray(6)).toEqual(small.data.subarray(6))
})
