/** @file The figures that prove a point by moving one thing and leaving all others where they are. */
import { describe, expect, it } from 'vitest'
import { count, texts, useSite, WITHOUT_BROWSER } from './open-site.ts'

describe.skipIf(WITHOUT_BROWSER)('shuffle the list', () => {
  const site = useSite()

  it('changes no output of the network, and loses the objects', async () => {
    const { page, goTo, number, numbers, complaints } = await site.shared()
    await goTo('10-boxes')
    await numbers('numbers-changed', 'shuffled-found').toEqual([0, 5])
    await texts(page.locator('[data-number=numbers-changed]')).toEqual(['0 of 118,872'])
    await page.getByRole('radio', { name: 'shapes reversed in every cell' }).check()
    await number('shuffled-found').toBeLessThan(5)
    await number('numbers-changed').toBe(0)
    await page.getByRole('radio', { name: 'whole list reversed' }).check()
    await numbers('numbers-changed', 'shuffled-found').toEqual([0, 0])
    expect(complaints).toEqual([])
  })
})

describe.skipIf(WITHOUT_BROWSER)('the race of three losses', () => {
  const site = useSite()

  it('apart, IoU never starts; touching, it does', async () => {
    const { page, goTo, number, numbers, complaints } = await site.shared()
    await goTo('02-overlap?ten=40')
    await numbers('slope-IoU', 'race-IoU').toEqual([0, 0])
    await number('race-smooth-L1').toBeGreaterThan(0.95)
    await number('race-GIoU').toBeGreaterThan(0.9)
    await page.getByRole('button', { name: 'Start touching' }).click()
    await number('slope-IoU').not.toBe(0)
    await number('race-IoU').toBeGreaterThan(0)
    expect(complaints).toEqual([])
  })
})

describe.skipIf(WITHOUT_BROWSER)('bipartite matching, step by step', () => {
  const site = useSite()

  it('pairs the largest IoU first, and ends with every object paired', async () => {
    const { page, goTo } = await site.shared()
    await goTo('04-matching?pair=5')
    await count(page.locator('td.paired')).toBe(5)
    await count(page.locator('td.now')).toBe(1)
    await goTo('04-matching?pair=1')
    await count(page.locator('td.paired')).toBe(1)
    await page.getByText('object 5 and anchor 13 have the largest IoU, 0.67').waitFor()
  })
})

describe.skipIf(WITHOUT_BROWSER)('three jobs of IoU', () => {
  const site = useSite()
  const jobs = ['job-matching', 'job-suppress', 'job-correct'] as const

  it('each threshold moves its own stage', async () => {
    const { page, goTo, number, numbers } = await site.shared()
    await goTo('12-score')
    await number('job-matching').toBe(112)
    await numbers(...jobs).toEqual([112, 8, 5])
    await page.getByRole('slider', { name: 'Match IoU threshold' }).fill('0.7')
    await number('job-matching').toBeLessThan(112)
    await numbers('job-suppress', 'job-correct').toEqual([8, 5])
    await page.getByRole('button', { name: 'Reset the three' }).click()
    await page
      .getByRole('region', { name: 'IoU to count as correct' })
      .getByRole('slider')
      .fill('0.95')
    await number('job-correct').toBeLessThan(5)
    await numbers('job-matching', 'job-suppress').toEqual([112, 8])
    await page.getByRole('slider', { name: 'NMS IoU threshold' }).fill('0.95')
    await number('job-suppress').toBeGreaterThan(8)
    await number('job-matching').toBe(112)
  })
})

describe.skipIf(WITHOUT_BROWSER)('an untrained network', () => {
  const site = useSite()

  it('finds background hard nowhere: it has not learned what is easy', async () => {
    const { page, goTo, number, complaints } = await site.shared()
    await goTo('08-mining?network=trained')
    await number('easy').toBeGreaterThan(8000)
    await page.getByRole('radio', { name: 'untrained' }).check()
    await number('easy').toBe(0)
    await number('share-all').toBeGreaterThan(0.5)
    expect(complaints).toEqual([])
  })
})

describe.skipIf(WITHOUT_BROWSER)('a pinned anchor', () => {
  const site = useSite()

  it('goes through all lessons with its numbers, and is let go again', async () => {
    const { page, goTo, number, complaints } = await site.open()
    await goTo('03-anchors')
    await page.getByRole('button', { name: 'Pin an anchor and follow it' }).click()
    await page.waitForURL(/pin=\d+/)
    const told = (await page.evaluate(`(async () => {
      const { image, objects } = singleshot.picture.current
      const { objects: traced, anchors, loss } = await singleshot.network.trace(image, { objects })
      const anchor = traced[0].bestAnchor
      return { anchor, iou: anchors[anchor].match.bestIou.toFixed(2), className: traced[0].className }
    })()`)) as { anchor: number; iou: string; className: string }
    await number('pinned').toBe(told.anchor)
    const strip = page.getByRole('region', { name: 'A pinned anchor' })
    await strip.getByText(`IoU ${told.iou} with the ${told.className}`).waitFor()
    await strip.getByText(`responsible for the ${told.className}`).waitFor()
    await texts(strip.locator('li.lit .name')).toEqual(['Anchor'])
    await page.getByRole('link', { name: /Next/ }).last().click()
    await page.waitForSelector('[data-lesson="04-matching"]')
    await number('pinned').toBe(told.anchor)
    await texts(strip.locator('li.lit .name')).toEqual(['Matching'])
    await page.getByRole('button', { name: 'Unpin' }).click()
    await count(page.locator('[data-number=pinned]')).toBe(0)
    expect(complaints).toEqual([])
  })

  it('can be any anchor of lesson 7', async () => {
    const { page, goTo, number, axe } = await site.open()
    await goTo('07-loss')
    await page.getByRole('button', { name: 'Pin this anchor' }).click()
    await number('pinned').toBeGreaterThan(0)
    await count(page.getByRole('region', { name: 'A pinned anchor' }).locator('li')).toBe(9)
    expect(await axe()).toEqual([])
  })
})

describe.skipIf(WITHOUT_BROWSER)('a bet on the sizes', () => {
  const site = useSite()

  it('counts what nine boxes cover, and clustering does better than the first bet', async () => {
    const { page, goTo, number, axe, complaints } = await site.shared()
    await goTo('03-anchors')
    await page.getByRole('button', { name: 'Draw 200 scenes' }).click()
    await number('bet-tiny').toBe(1)
    await number('bet-share').toBeLessThan(0.9)
    await number('bet-clustered').toBeGreaterThan(0.9)
    await page.getByRole('button', { name: 'Show the clustered boxes' }).click()
    await number('bet-share').toBeGreaterThan(0.9)
    await page.getByRole('application', { name: /objects as dots/ }).focus()
    for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowRight')
    await number('bet-share').toBeLessThan(1)
    expect(await axe()).toEqual([])
    expect(complaints).toEqual([])
  })
})
