import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createImage } from '../../image/image.ts'
import { crc32 } from '../../weights/zip/crc32.ts'
import { checkExampleImage, readExampleImage } from '../data/read-example.ts'
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

/** The beginning of a PNG that claims a size, with nothing after it. */
function pngClaiming(width: number, height: number): Uint8Array {
  const header = new Uint8Array(17)
  header.set([73, 72, 68, 82]) // IHDR
  new DataView(header.buffer).setUint32(4, width)
  new DataView(header.buffer).setUint32(8, height)
  header.set([8, 2, 0, 0, 0], 12) // 8 bits, RGB
  const sum = new DataView(new ArrayBuffer(4))
  sum.setUint32(0, crc32(header))
  const signature = [137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13]
  // The beginning of a chunk of pixels, up to which decoders read a header.
  const pixels = [0, 0, 1, 0, 73, 68, 65, 84, 0, 0, 0, 0]
  return Uint8Array.from([...signature, ...header, ...new Uint8Array(sum.buffer), ...pixels])
}

test('a picture of more than 120 million pixels is refused before it is decoded, by its size', async () => {
  const bytes = pngClaiming(12_000, 10_001)
  await expect(decodeImage(bytes, 'huge.png')).rejects.toMatchObject({
    code: 'E_IMAGE_UNREADABLE',
    message: 'readImage: expected at most 120 million pixels, got 12000 x 10001 (huge.png)',
  })
  const path = join(folder, 'huge.png')
  await writeFile(path, bytes)
  await expect(readImageSize(path)).rejects.toThrow('got 12000 x 10001')
  // What a telephone with 108 million takes is not too large, only, here, cut short.
  await expect(decodeImage(pngClaiming(12_032, 9024), 'phone.png')).rejects.toThrow('whole picture')
})

test.each(['gif', 'webp'] as const)(
  'a %s of more than 50 million pixels is refused: its decoder holds all of it',
  async (format) => {
    // Of one colour, so that the file is small; 50,004,000 pixels.
    const create = { width: 12_000, height: 4167, channels: 3, background: '#888' } as const
    const bytes = await sharp({ create }).toFormat(format).toBuffer()
    await expect(decodeImage(bytes, 'huge')).rejects.toThrow(
      'expected at most 50 million pixels, got 12000 x 4167',
    )
  },
)

test('a program in disguise, or a kind that is not read, is refused by what is in the file', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>'
  const path = join(folder, 'drawing.jpg')
  await writeFile(path, svg)
  const rule = 'expected a JPEG, PNG, WebP, TIFF, GIF or AVIF picture'
  await expect(readImage(path)).rejects.toThrow(`${rule}, got an SVG drawing (${path})`)
  await expect(readImageSize(path)).rejects.toThrow('got an SVG drawing')
  await expect(decodeImage(Buffer.from('BM\x1e\0'), 'a.jpg')).rejects.toMatchObject({
    message: `readImage: ${rule}, got a Windows bitmap (BMP) (a.jpg)`,
    remedy: expect.stringContaining('Convert it to JPEG'),
  })
})

test('the size is found behind any amount of notes, and a pipe is not waited for', async () => {
  const path = join(folder, 'noted.jpg')
  const jpeg = await encodeJpeg(small)
  // A comment of 60,000 bytes, twice: the size stands behind what is read first.
  const comment = [0xff, 0xfe, 0xea, 0x60, ...new Uint8Array(59_998)]
  const bytes = [...jpeg.subarray(0, 2), ...comment, ...comment, ...jpeg.subarray(2)]
  await writeFile(path, Uint8Array.from(bytes))
  expect(await readImageSize(path)).toEqual({ width: 3, height: 2 })
  await expect(readImage('/dev/null')).rejects.toThrow('got a pipe or a device (/dev/null)')
})

test('reading is given up at once when the signal is aborted', async () => {
  const path = join(folder, 'given-up.png')
  await writePng(small, path)
  const stop = new AbortController()
  const reading = readImage(path, { signal: stop.signal })
  stop.abort(new Error('enough'))
  await expect(reading).rejects.toThrow('enough')
  await expect(readImage(path, { signal: stop.signal })).rejects.toThrow('enough')
  expect(await readImage(path, { signal: new AbortController().signal })).toEqual(small)
})

test('the cheap check of an example notices a picture cut short, and of another size only if it must decode', async () => {
  const imagePath = join(folder, 'checked.jpg')
  const example = { id: 'checked', imagePath, size: { width: 3, height: 2 }, objects: [] }
  const jpeg = await encodeJpeg(small)
  await writeFile(imagePath, jpeg)
  await checkExampleImage(example)
  await writeFile(imagePath, jpeg.subarray(0, jpeg.length - 20))
  await expect(checkExampleImage(example)).rejects.toThrow('premature end')
  await writeFile(imagePath, await sharp(small.data, raw).webp().toBuffer())
  await checkExampleImage(example)
  const other = checkExampleImage({ ...example, size: { width: 9, height: 2 } })
  await expect(other).rejects.toMatchObject({ code: 'E_IMAGE_SIZE' })
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
