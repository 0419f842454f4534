import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { LESSON_SCENES } from '../../src/dataset/scene-options.ts'
import { generateScene } from '../../src/dataset/shapes.ts'
import { temporaryFolder, writeSmallSet } from '../end-to-end/sets.ts'
import { count, type OpenPage, useSite, WITHOUT_BROWSER } from './open-site.ts'

const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'teal' } })

/** A PNG that says that it is 10,000 x 10,000, and ends there. */
async function hugePng(): Promise<Buffer> {
  const bytes = await blank(8, 8).png().toBuffer()
  bytes.writeUInt32BE(10_000, 16)
  bytes.writeUInt32BE(10_000, 20)
  return bytes
}

describe.skipIf(WITHOUT_BROWSER)('the picture', () => {
  const site = useSite()

  const choose = ({ page }: OpenPage, name: string, buffer: Buffer) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer })

  it('is the one that the address names, with its objects', async () => {
    const { page, goTo, number } = await site.open()
    await goTo('01-answer?picture=scene-3')
    await page.getByText('Scene 3', { exact: true }).waitFor()
    await number('objects').toBe(generateScene(1, 3, LESSON_SCENES).objects.length)
    await page.getByRole('button', { name: 'Next scene' }).click()
    await page.waitForURL(/picture=scene-4/)
    await page.getByRole('link', { name: 'Boxes and overlap' }).first().click()
    await page.waitForURL(/02-overlap\?picture=scene-4/)
  })

  it('may be a photo, turned as the camera says', async () => {
    const open = await site.open()
    await open.goTo('01-answer')
    const photo = await blank(300, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    await choose(open, 'me.jpg', photo)
    await open.page.getByText('me.jpg').waitFor()
    const size = '(({ width, height }) => [width, height])(singleshot.picture.current.image)'
    await expect.poll(() => open.page.evaluate(size)).toEqual([200, 300])
    await count(open.page.getByText('This picture has no labels')).toBe(1)
  })

  it('may be a frame of the camera, which is off again afterwards', async () => {
    const { page, goTo, complaints } = await site.open()
    await page.context().grantPermissions(['camera'])
    await goTo('01-answer')
    await page.getByRole('button', { name: 'Camera' }).click()
    await page.getByText('This picture has no labels').waitFor()
    // Chromium's test picture is green and has a moving pie on it: more than one colour.
    const colours =
      'new Set(new Uint32Array(singleshot.picture.current.image.data.slice(0, 40000).buffer)).size'
    await expect.poll(() => page.evaluate(colours)).toBeGreaterThan(1)
    expect(complaints).toEqual([])
  })

  it('stays as it was when the camera is not allowed, and says why', async () => {
    const { page, goTo, number } = await site.open()
    await goTo('01-answer')
    const objects = generateScene(1, 191, LESSON_SCENES).objects.length
    await number('objects').toBe(objects)
    await page.getByRole('button', { name: 'Camera' }).click()
    await page.locator('[role=alert]').getByText('The camera was not allowed.').waitFor()
    await number('objects').toBe(objects)
  })

  it.each([
    ['notes.txt', () => Buffer.from('no picture'), 'notes.txt is not a picture'],
    ['empty.png', () => Buffer.alloc(0), 'empty.png is empty'],
    ['huge.png', hugePng, 'huge.png has 100 megapixels (10000 × 10000); at most 50 fit'],
  ])('%s is refused with a sentence, and the former picture stays', async (name, make, told) => {
    const open = await site.open()
    await open.goTo('01-answer')
    await choose(open, name, await make())
    await count(open.page.locator('[role=alert]', { hasText: told })).toBe(1)
    await count(open.page.getByText('Scene 191', { exact: true })).toBe(1)
    expect(await open.axe()).toEqual([])
  })
})

describe.skipIf(WITHOUT_BROWSER)('a page with pictures beside it', async () => {
  const set = await writeSmallSet(await temporaryFolder())
  const site = useSite({ data: set })

  it('opens on the first of them, unless the address says otherwise', async () => {
    const { page, goTo, complaints } = await site.open()
    await goTo('01-answer')
    await page.waitForURL(/picture=data-0/)
    const shown = '({ ...singleshot.picture.current.source })'
    await expect.poll(() => page.evaluate(shown)).toEqual({ kind: 'data', index: 0 })
    await goTo('02-overlap?picture=scene-7')
    await page.getByRole('link', { name: 'The answer: a list of boxes' }).first().click()
    await page.getByText('Scene 7', { exact: true }).waitFor()
    expect(complaints).toEqual([])
  })
})
