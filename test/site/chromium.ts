/** @file One Chromium for all tests of the page: started before the first of them, stopped after the last. */
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the Chromium of the page's tests listens. */
    readonly chromium: string
  }
}

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

/** Starts it. @returns what stops it */
export default async function startChromium({ provide }: TestProject) {
  if (CHROMIUM === undefined) {
    console.warn(
      'SKIPPED: no Chromium was found, so the explorer is not tested; install it (apt-get install chromium) or set CHROMIUM_PATH',
    )
    return
  }
  // The camera is Chromium's own test picture; whether a page may see it is still asked.
  const args = ['--no-sandbox', '--use-fake-device-for-media-stream']
  const server = await chromium.launchServer({ executablePath: CHROMIUM, args })
  provide('chromium', server.wsEndpoint())
  return () => server.close()
}
