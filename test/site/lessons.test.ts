import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { count, type OpenPage, texts, useSite, WITHOUT_BROWSER } from './open-site.ts'

const folder = new URL('../../site/src/lessons/', import.meta.url)
const lessons = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => /[\\/]lesson\.ts$/.test(path))
  .map((path) => path.replace(/[\\/].*/, ''))
  .toSorted()

/** Goes to a lesson and waits until nothing there says "Loading …" any more: the network has answered. */
async function visit({ page, goTo, complaints }: OpenPage, id: string) {
  complaints.length = 0
  await goTo(id)
  // The page may run no text as a script, so waitForFunction cannot be used.
  await count(page.locator('[role=status]').filter({ hasText: '…' })).toBe(0)
}

describe.skipIf(WITHOUT_BROWSER)('every lesson', () => {
  const site = useSite()
  // Going from lesson to lesson as a learner does; the tests of each lesson open it afresh.
  let desk: OpenPage
  let phone: OpenPage
  beforeAll(async () => {
    desk = await site.openForAll()
    phone = await site.openForAll({ width: 375 })
  })

  it.each(lessons)('%s opens, without a complaint, accessible in light and dark', async (id) => {
    await visit(desk, id)
    for (const colorScheme of ['light', 'dark'] as const) {
      await desk.page.emulateMedia({ colorScheme })
      await desk.page.waitForSelector(`html[data-theme=${colorScheme}]`)
      await count(desk.page.locator('h1')).toBe(1)
      await texts(desk.page.locator('[role=alert]')).toEqual([])
      expect(await desk.axe()).toEqual([])
    }
    expect(desk.complaints).toEqual([])
  })

  it.each(lessons)('%s needs no sideways scrolling on a phone', async (id) => {
    await visit(phone, id)
    await expect.poll(() => phone.page.evaluate('document.documentElement.scrollWidth')).toBe(375)
    expect(await phone.axe()).toEqual([])
    expect(phone.complaints).toEqual([])
  })
})
