import sharp from 'sharp'
import { expect, test } from 'vitest'
import { sizeInHeader } from './header-size.ts'

const picture = () => sharp({ create: { width: 70, height: 30, channels: 3, background: '#a52' } })

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'a JPEG turned by orientation %i has the size that the decoder finds',
  async (orientation) => {
    const bytes = await picture().jpeg().withMetadata({ orientation }).toBuffer()
    const { width, height } = (await sharp(bytes, { autoOrient: true }).metadata()).autoOrient
    expect(width).toBe(orientation < 5 ? 70 : 30)
    expect(sizeInHeader(bytes, 'JPEG')).toEqual({ width, height })
  },
)

test('JPEGs of all makes and a PNG have their size', async () => {
  const size = { width: 70, height: 30 }
  const jpegs = [
    picture().jpeg(),
    picture().jpeg({ progressive: true }),
    picture().greyscale().jpeg(),
  ]
  for (const jpeg of jpegs) expect(sizeInHeader(await jpeg.toBuffer(), 'JPEG')).toEqual(size)
  expect(sizeInHeader(await picture().png().toBuffer(), 'PNG')).toEqual(size)
})

test('where the bytes end too early, or anything is unusual, nobody guesses', async () => {
  const jpeg = await picture().jpeg().withMetadata({ orientation: 6 }).toBuffer()
  const png = await picture().png().withMetadata({ orientation: 6 }).toBuffer()
  expect(sizeInHeader(png, 'PNG')).toBeUndefined()
  expect(sizeInHeader(await picture().webp().toBuffer(), 'WebP')).toBeUndefined()
  for (let length = 0; length < jpeg.length; length++) {
    const found = sizeInHeader(jpeg.subarray(0, length), 'JPEG')
    if (found !== undefined) expect(found).toEqual({ width: 30, height: 70 })
  }
  const broken = Uint8Array.from(jpeg)
  for (let at = 2; at < 200; at++) {
    broken[at] = 0
    expect(() => sizeInHeader(broken, 'JPEG')).not.toThrow()
  }
  expect(sizeInHeader(broken, 'JPEG')).toBeUndefined()
})
