/** @file Every situation that a document or a lesson links to opens, and shows what the document says. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type OpenPage, texts, useSite, WITHOUT_BROWSER } from './open-site.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const addressesIn = (path: string) =>
  [...read(path).matchAll(/`#\/([^`]+)`/g)].map(([, address]) => address!)
const addresses = [
  ...new Set(['docs/questions.md', 'docs/exercises.md'].flatMap(addressesIn)),
].toSorted()

describe.skipIf(WITHOUT_BROWSER)('every situation of the documents', () => {
  const site = useSite()

  it.each(addresses)('%s opens without a complaint', async (address) => {
    const { page, goTo, complaints } = await site.shared()
    await goTo(address)
    await texts(page.locator('[role=alert]')).toEqual([])
    expect(complaints).toEqual([])
  })

  it('exercises have as many answers', () => {
    const [questions, answers] = read('docs/exercises.md').split('## Answers')
    const numbered = (text = '') => text.match(/^\d+\. /gm)?.length
    expect(numbered(questions)).toBeGreaterThan(10)
    expect(numbered(answers)).toBe(numbered(questions))
  })

  const shows = async (
    { goTo, number }: OpenPage,
    address: string,
    name: string,
    value: number,
  ) => {
    await goTo(address)
    await number(name).toBe(value)
  }

  it('the answers hold: positives at 0.55, an empty picture without a floor, a chain that begins with B', async () => {
    const open = await site.shared()
    await shows(open, '04-matching?preset=lesson9&threshold=0.55', 'positives', 9)
    await shows(open, '08-mining?empty=1&floor=0', 'class-loss', 0)
    await shows(
      open,
      '11-nms?from=own&own=40,70,190,190,0;80,70,230,190,0;120,70,270,190,0&a=0.9&b=0.95&c=0.85',
      'kept',
      1,
    )
    await shows(open, '10-boxes?order=reversed', 'shuffled-found', 0)
    await shows(open, '10-boxes?order=shapes', 'shuffled-found', 2)
  })

  it('two boxes of one size, shifted by half, have an IoU of one third', async () => {
    const { goTo, number } = await site.shared()
    await goTo('02-overlap?boxes=50,50,150,150;100,50,200,150')
    await number('iou').toBeCloseTo(1 / 3, 9)
  })

  it('an anchor of 80 × 40 becomes an object of 40 × 80 by −3.47 and 3.47', async () => {
    const { goTo, number } = await site.shared()
    await goTo('05-offsets?boxes=100,120,180,160;120,100,160,180')
    await number('dx').toBeCloseTo(0, 9)
    await number('dy').toBeCloseTo(0, 9)
    await number('dw').toBeCloseTo(-3.466, 2)
    await number('dh').toBeCloseTo(3.466, 2)
  })
})
