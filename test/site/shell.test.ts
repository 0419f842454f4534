import { describe, expect, it } from 'vitest'
import { useSite, WITHOUT_BROWSER } from './open-site.ts'

describe.skipIf(WITHOUT_BROWSER)('the page', () => {
  const site = useSite()

  it('shows its first lesson within 1.5 seconds', async () => {
    const { page, goTo } = await site.open()
    await goTo('01-answer')
    const paint = await page.evaluate(
      'performance.getEntriesByName("first-contentful-paint")[0].startTime',
    )
    expect(paint).toBeLessThan(1500)
    await page.close()
  })

  it('goes from lesson to lesson, with the focus on the new heading, and back', async () => {
    const { page, goTo } = await site.open()
    await goTo('01-answer')
    await page.getByRole('link', { name: /Next/ }).click()
    await page.waitForSelector('[data-lesson="02-overlap"]')
    expect(await page.locator('h1:focus').innerText()).toBe('Boxes and overlap')
    expect(await page.title()).toBe('Boxes and overlap · singleshot')
    await page.goBack()
    await page.waitForSelector('[data-lesson="01-answer"]')
    await page.close()
  })

  it('begins with a link that skips to the lesson', async () => {
    const { page, goTo } = await site.open()
    await goTo('01-answer')
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').innerText()).toBe('Skip to the lesson')
    await page.keyboard.press('Enter')
    expect(await page.locator('h1:focus').count()).toBe(1)
    await page.close()
  })

  it('remembers a theme that was chosen', async () => {
    const { page, goTo } = await site.open({ theme: 'light' })
    await goTo('01-answer')
    await page.getByLabel('Colours').selectOption('dark')
    await page.reload()
    await page.waitForSelector('[data-ready]')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.close()
  })

  it('shows the first lesson for an address that names none', async () => {
    const { page } = await site.open()
    await page.goto(`${site.address()}#/99-nothing?%%%`)
    await page.waitForSelector('[data-lesson="01-answer"] [data-ready]')
    expect(await page.locator('h1').innerText()).toBe('What the network must say')
    await page.close()
  })

  it('folds its list away on a phone', async () => {
    const { page, goTo } = await site.open({ width: 375 })
    await goTo('01-answer')
    expect(await page.locator('#lessons').isVisible()).toBe(false)
    await page.getByRole('button', { name: /Lessons/ }).click()
    await page.getByRole('link', { name: 'Boxes and overlap' }).first().click()
    await page.waitForSelector('[data-lesson="02-overlap"]')
    expect(await page.locator('#lessons').isVisible()).toBe(false)
    await page.close()
  })
})
