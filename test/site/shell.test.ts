import { describe, expect, it } from 'vitest'
import { count, texts, useSite, WITHOUT_BROWSER } from './open-site.ts'

describe.skipIf(WITHOUT_BROWSER)('the page', () => {
  const site = useSite()

  it('shows its first lesson while the network and its model are still on their way', async () => {
    const { page, goTo } = await site.open()
    const held: string[] = []
    await page.route(/\.(wasm|safetensors)$|worker|manifest/, (route) => {
      held.push(route.request().url())
    })
    await goTo('01-answer')
    await texts(page.locator('h1')).toEqual(['The answer: a list of boxes'])
    await expect.poll(() => held.join()).toMatch(/manifest/)
  })

  it('goes from lesson to lesson, with the focus on the new heading, and back', async () => {
    const { page, goTo } = await site.open()
    await goTo('01-answer')
    await page.getByRole('link', { name: /Next/ }).click()
    await page.waitForSelector('[data-lesson="02-overlap"]')
    await texts(page.locator('h1:focus')).toEqual(['Boxes and overlap'])
    await expect.poll(() => page.title()).toBe('Boxes and overlap · singleshot')
    await page.goBack()
    await page.waitForSelector('[data-lesson="01-answer"]')
  })

  it('begins with a link that skips to the lesson', async () => {
    const { page, goTo } = await site.open()
    await goTo('01-answer')
    await page.keyboard.press('Tab')
    await texts(page.locator(':focus')).toEqual(['Skip to the lesson'])
    await page.keyboard.press('Enter')
    await count(page.locator('h1:focus')).toBe(1)
  })

  it('remembers a theme that was chosen', async () => {
    const { page, goTo } = await site.open({ theme: 'light' })
    await goTo('01-answer')
    await page.getByLabel('Colours').selectOption('dark')
    await page.reload()
    await page.waitForSelector('[data-ready]')
    await count(page.locator('html[data-theme=dark]')).toBe(1)
  })

  it('shows the map for an address that names no lesson', async () => {
    const { page } = await site.open()
    await page.goto(`${site.address()}#/99-nothing?%%%`)
    await page.waitForSelector('[data-lesson="00-map"] [data-ready]')
    await texts(page.locator('h1')).toEqual(['SSD on one page'])
  })

  it('folds its list away on a phone', async () => {
    const { page, goTo } = await site.open({ width: 375 })
    await goTo('01-answer')
    await count(page.locator('#lessons:visible')).toBe(0)
    await page.getByRole('button', { name: /Lessons/ }).click()
    await page.getByRole('link', { name: 'Boxes and overlap' }).first().click()
    await page.waitForSelector('[data-lesson="02-overlap"]')
    await count(page.locator('#lessons:visible')).toBe(0)
  })
})
