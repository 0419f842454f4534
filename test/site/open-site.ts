/** @file The explorer as a learner sees it: served by the real server, opened in a real Chromium. */
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, onTestFinished } from 'vitest'
import { serveExplorer } from '../../src/node/page/explain.ts'
import type { ExplainOptions } from '../../src/node/page/explain-files.ts'
import type { RunningServer } from '../../src/node/page/file-server.ts'

export { WITHOUT_BROWSER } from './chromium.ts'

/** Longer than any step of a test takes on a busy machine: only a page that hangs is given up. */
const PATIENCE = 100_000

/** How the page is opened. */
export interface Visit {
  readonly width?: number
  readonly theme?: 'light' | 'dark'
  readonly lessMotion?: boolean
}

/** What the page must come to: matchers of Vitest that ask again until they hold. */
export type Eventually = ReturnType<typeof expect.poll>

/** A page that was opened, and what it complained about. */
export interface OpenPage {
  readonly page: Page
  /** Errors and warnings on the console, failed requests, addresses elsewhere. */
  readonly complaints: string[]
  /** Goes to a lesson and waits for its figure. @param address e.g. `02-overlap?boxes=...` */
  goTo(address: string): Promise<void>
  /** Expects of a number of the figure, `data-number`, exact: `await number('iou').toBe(0.5)`. */
  number(name: string): Eventually
  /** Expects of some of them, at one moment: `await numbers('positives', 'negatives').toEqual([0, 16])`. */
  numbers(...names: string[]): Eventually
  /** What axe finds, as short lines. */
  axe(): Promise<string[]>
}

/** Serves the explorer for all tests of a file. */
export function useSite(options: ExplainOptions = {}) {
  return useServer(() => serveExplorer(options, 0))
}

/** The same with a server of the test's own. */
export function useServer(start: () => Promise<Pick<RunningServer, 'address' | 'close'>>) {
  let server: Pick<RunningServer, 'address' | 'close'>
  let browser: Browser
  let kept: OpenPage | undefined
  beforeAll(async () => {
    server = await start()
    browser = await chromium.connect(inject('chromium'))
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })
  const openForAll = (visit: Visit = {}) => openPage(browser, server.address, visit)
  return {
    /** The same page for all tests that ask so, as a learner keeps it: network and pictures are loaded once. */
    shared: async () => {
      kept ??= await openForAll()
      kept.complaints.length = 0
      return kept
    },
    address: () => server.address,
    /** Opens the page anew; it is closed when the test ends. */
    open: async (visit?: Visit) => {
      const open = await openForAll(visit)
      onTestFinished(() => open.page.context().close())
      return open
    },
    /** Opens the page for several tests. */
    openForAll,
  }
}

/**
 * Expects of what a page shows, and asks again until it holds; a page may not have drawn yet what it is about to.
 * `await texts(page.locator('h1')).toEqual(['Boxes and overlap'])`; texts as seen, in the order of the page.
 */
export const texts = (shown: Locator): Eventually => expect.poll(() => shown.allInnerTexts())

/** The same of how many are there. */
export const count = (shown: Locator): Eventually => expect.poll(() => shown.count())

async function openPage(
  browser: Browser,
  address: string,
  { width = 1280, theme = 'light', lessMotion = false }: Visit,
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    reducedMotion: lessMotion ? 'reduce' : 'no-preference',
  })
  context.setDefaultTimeout(PATIENCE)
  const page = await context.newPage()
  const numbers = (...names: string[]) => expect.poll(() => readNumbers(page, names))
  return {
    page,
    complaints: complaintsOf(page, address),
    goTo: async (lesson) => {
      await page.goto(`${address}#/${lesson}`)
      await page.waitForSelector(`[data-lesson="${lesson.replace(/\?.*/, '')}"] [data-ready]`)
    },
    number: (name) => expect.poll(async () => (await readNumbers(page, [name]))[0]),
    numbers,
    axe: () => findingsOfAxe(page),
  }
}

function complaintsOf(page: Page, address: string): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`))
  page.on('request', (request) => {
    const here = [address, 'blob:', 'data:'].some((start) => request.url().startsWith(start))
    if (!here) complaints.push(`asked elsewhere: ${request.url()}`)
  })
  return complaints
}

/** The first of each name; null where it is not there. All in one go, so of one moment. */
const readNumbers = (page: Page, names: readonly string[]): Promise<(number | null)[]> =>
  page.evaluate(`${JSON.stringify(names)}.map((name) => {
    const shown = document.querySelector(\`[data-number="\${name}"]\`)
    return shown === null ? null : Number(shown.getAttribute('data-value'))
  })`)

async function findingsOfAxe(page: Page): Promise<string[]> {
  // The legacy mode leaves out frames of other origins. The page has no frame, and so needs no second page for them.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`),
  )
}
