import { readdirSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { type OpenPage, useSite, WITHOUT_BROWSER } from './open-site.ts'

const folder = new URL('../../site/src/lessons/', import.meta.url)
const lessons = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /[\\/]lesson\.ts$/.test(path))
  .map((path) => path.replace(/[\\/].*/, ''))
  .toSorted()

/** Waits until nothing on the page says "Loading …" any more: the network has answered. */
const settled = (page: OpenPage['page']) =>
  vi.waitFor(async () => {
    // The page may run no text as a script, so waitForFunction cannot be used.
    const said = await page.locator('[role=status]').allTextContents()
    expect(said.filter((text) => text.includes('…'))).toEqual([])
  }, 30_000)

describe.skipIf(WITHOUT_BROWSER)('every lesson', () => {
  const site = useSite()

  it.each(lessons)('%s opens, without a complaint, accessible in light and dark', async (id) => {
    for (const theme of ['light', 'dark'] as const) {
      const { page, goTo, complaints, axe } = await site.open({ theme })
      await goTo(id)
      await settled(page)
      expect(await page.locator('h1').count()).toBe(1)
      expect(await page.locator('[role=alert]').allInnerTexts()).toEqual([])
      expect(await axe()).toEqual([])
      expect(complaints).toEqual([])
      await page.close()
    }
  })

  it.each(lessons)('%s needs no sideways scrolling on a phone', async (id) => {
    const { page, goTo, complaints, axe } = await site.open({ width: 375 })
    await goTo(id)
    await settled(page)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375)
    expect(await axe()).toEqual([])
    expect(complaints).toEqual([])
    await page.close()
  })
})
