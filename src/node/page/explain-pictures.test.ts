import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { collectPictures } from './explain-pictures.ts'

describe('the pictures that the explorer publishes', () => {
  let data: string
  let told: string[]
  const onMessage = (message: string) => told.push(message)
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'published-'))
    told = []
  })
  afterEach(() => rm(data, { recursive: true }))

  /** An annotation of 30 x 20 pixels with one object, for the picture beside it. */
  async function label(stem: string, name = `${stem}.jpg`): Promise<string> {
    const box = '<xmin>1</xmin><ymin>2</ymin><xmax>9</xmax><ymax>8</ymax>'
    const object = `<object><name>cat</name><bndbox>${box}</bndbox></object>`
    const size = '<size><width>30</width><height>20</height><depth>3</depth></size>'
    const xml = `<annotation><filename>${basename(name)}</filename>${size}${object}</annotation>`
    await writeFile(join(data, `${stem}.xml`), xml)
    return join(data, name)
  }
  const red = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: 'red' } })

  it('hold no place, no time and no owner, and stand upright', async () => {
    const camera = red(20, 30)
      .withExif({
        IFD0: { Copyright: 'Somebody' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
    await writeFile(await label('a'), await camera.toBuffer())
    expect((await sharp(join(data, 'a.jpg')).metadata()).exif?.toString('latin1')).toContain(
      'Somebody',
    )
    const { pictures } = await collectPictures({ source: data, onMessage })
    const { exif, icc, xmp, iptc, orientation, format, width, height } = await sharp(
      pictures[0]!.bytes,
    ).metadata()
    expect({ exif, icc, xmp, iptc, orientation }).toEqual({})
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 30, height: 20 })
    expect(Buffer.from(pictures[0]!.bytes).toString('latin1')).not.toContain('Somebody')
  })

  it('are pictures: a text with the name of one is left out, and said', async () => {
    await writeFile(await label('a'), 'root:x:0:0')
    await writeFile(await label('b', 'b.png'), await red(30, 20).png().toBuffer())
    const { pictures } = await collectPictures({ source: data, onMessage })
    expect(pictures.map(({ name }) => name)).toEqual(['01-b.png'])
    expect(told[0]).toMatch(/^Left out: .*a\.jpg/)
    expect(told.at(-1)).toBe('1 of 2 pictures of the data beside the page.')
  })

  it('lie in the data folder: what a link brings from elsewhere is left out, and said', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'private-'))
    try {
      await writeFile(join(elsewhere, 'private.jpg'), await red(30, 20).jpeg().toBuffer())
      await symlink(join(elsewhere, 'private.jpg'), await label('a'))
      await writeFile(join(data, 'inside.jpg'), await red(30, 20).jpeg().toBuffer())
      await symlink('inside.jpg', await label('b'))
      const { pictures } = await collectPictures({ source: data, onMessage })
      expect(pictures.map(({ name }) => name)).toEqual(['01-b.jpg'])
      expect(told[0]).toContain('got a link that leads out of it')
    } finally {
      await rm(elsewhere, { recursive: true })
    }
  })

  it('are of split test, else val, else of any; or of the one that was named', async () => {
    await writeFile(await label('a'), await red(30, 20).jpeg().toBuffer())
    const taken = async (split?: string) => {
      const { dataset } = await collectPictures({ source: data, split, onMessage })
      return dataset.name.split(' ')[1]
    }
    expect(await taken()).toBeUndefined() // One picture: what is drawn for a test is empty.
    for (const split of ['train', 'val', 'test']) {
      await mkdir(join(data, split))
      for (const name of ['a.xml', 'a.jpg'])
        await rename(
          join(data, split === 'train' ? '' : previous(split), name),
          join(data, split, name),
        )
      expect(await taken()).toBe(split === 'train' ? undefined : split)
      await expect(taken('none')).rejects.toMatchObject({ code: 'E_SPLIT_MISSING' })
    }
  })

  it('need not be named one by one where hardly any may be published', async () => {
    await mkdir(join(data, 'test'))
    for (const stem of 'abcdefgh') await writeFile(await label(`test/${stem}`), 'no picture')
    await writeFile(await label('test/i'), await red(30, 20).jpeg().toBuffer())
    const { pictures } = await collectPictures({ source: data, onMessage })
    expect(pictures).toHaveLength(1)
    expect(told).toHaveLength(7)
    expect(told.slice(5)).toEqual([
      'Left out: 3 more',
      '1 of 9 pictures of split test beside the page.',
    ])
  })
})

const previous = (split: string) => (split === 'val' ? 'train' : 'val')
