import sharp from 'sharp'
import { expect, it } from 'vitest'
import { sizeInFile } from './file-size.ts'

const blank = () => sharp({ create: { width: 301, height: 77, channels: 3, background: 'teal' } })

it.each(['jpeg', 'png', 'gif', 'webp'] as const)(
  'the size of a %s is in its first bytes',
  async (kind) => {
    expect(sizeInFile(await blank().toFormat(kind).toBuffer())).toEqual({ width: 301, height: 77 })
  },
)

it('also of a lossless WebP', async () => {
  const bytes = await blank().webp({ lossless: true }).toBuffer()
  expect(sizeInFile(bytes)).toEqual({ width: 301, height: 77 })
})

it.each([[[]], [[0xff, 0xd8]], [[1, 2, 3, 4, 5]]])('of other bytes it is not known', (bytes) => {
  expect(sizeInFile(Uint8Array.from(bytes))).toBeNull()
})
