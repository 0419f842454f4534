/** @file The explorer as a learner sees it: served by the real server, opened in a real Chromium. */
import { existsSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { serveExplorer } from '../../src/node/explain.ts'
import type { ExplainOptions } from '../../src/node/explain-files.ts'
import type { RunningServer } from '../../src/node/file-server.ts'

/** Where Chromium may be; the first is the way to say it. */
const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  chromium.executablePath(),
]

const CHROMIUM = PLACES.find((place) => place !== undefined && existsSync(place))

/** Whether the tests of the page must be left out. */
export const WITHOUT_BROWSER = CHROMIUM === undefined
if (WITHOUT_BROWSER)
  console.warn(
    'SKIPPED: no Chromium was found, so the explorer is not tested; install it (apt-get install chromium) or set CHROMIUM_PATH',
  )

/** How the page is opened. */
export interface Visit {
  readonly width?: number
  readonly theme?: 'light' | 'dark'
  readonly lessMotion?: boolean
}

/** A page that was opened, and what it complained about. */
export interface OpenPage {
  readonly page: Page
  /** Errors and warnings on the console, failed requests, addresses elsewhere. */
  readonly complaints: string[]
  /** Goes to a lesson and waits for its figure. @param address e.g. `02-overlap?boxes=...` */
  goTo(address: string): Promise<void>
  /** The exact value of a number of the figure: `data-number`. */
  number(name: string): Promise<number>
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
  beforeAll(async () => {
    server = await start()
    // The camera is Chromium's own test picture; whether a page may see it is still asked.
    const args = ['--no-sandbox', '--use-fake-device-for-media-stream']
    browser = await chromium.launch({ executablePath: CHROMIUM!, args })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })
  return {
    address: () => server.address,
    open: (visit: Visit = {}) => openPage(browser, server.address, visit),
  }
}

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
  const page = await context.newPage()
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
  return {
    page,
    complaints,
    goTo: async (lesson) => {
      await page.goto(`${address}#/${lesson}`)
      await page.waitForSelector(`[data-lesson="${lesson.replace(/\?.*/, '')}"] [data-ready]`)
    },
    number: async (name) =>
      Number(await page.locator(`[data-number="${name}"]`).first().getAttribute('data-value')),
    axe: async () => {
      const { violations } = await new AxeBuilder({ page }).analyze()
      return violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`),
      )
    },
  }
}
