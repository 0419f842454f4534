/** @file What the page does when something fails or is taken away: it says so, and shows nothing that is not so. */
import { describe, expect, it } from 'vitest'
import { count, type OpenPage, texts, useSite, WITHOUT_BROWSER } from './open-site.ts'

/** Lets every trace fail from now on. */
const failTraces = ({ page }: OpenPage) =>
  page.evaluate(`void (singleshot.network.trace = async () => {
    throw { code: null, sentence: 'The thread has stopped.', remedy: 'Reload the page.' }
  })`)

describe.skipIf(WITHOUT_BROWSER)('when the trace of the next picture fails', () => {
  const site = useSite()

  it.each([
    ['06-network', '[data-number=strength]'],
    ['07-loss', '[data-number=loss]'],
    ['08-mining?network=trained', '[data-number=mined]'],
    ['09-training', '[data-number=detections]'],
    ['10-boxes', '[data-number=kept]'],
    ['11-nms?class=-2', '[data-number=kept]'],
    ['13-why', '[data-stage]'],
    ['sandbox?anchors=model', '[data-number=loss]'],
  ])('%s says why, and shows nothing of the picture before', async (address, answer) => {
    const open = await site.shared()
    const { page, goTo } = open
    await page.evaluate('void delete globalThis.singleshot?.network.trace')
    await goTo(address)
    await page.waitForSelector(answer)
    await failTraces(open)
    await page.getByRole('button', { name: 'Next scene' }).click()
    await texts(page.locator('[role=alert] strong')).toEqual(['The thread has stopped.'])
    await count(page.locator(answer)).toBe(0)
    await count(page.locator('[role=status]', { hasText: '…' })).toBe(0)
  })
})

describe.skipIf(WITHOUT_BROWSER)('a model that could not be fetched', () => {
  const site = useSite()

  it('is fetched again in the next lesson that needs it', async () => {
    const { page, goTo } = await site.open()
    await page.route('**/model.safetensors', (route) => route.fulfill({ status: 503 }), {
      times: 1,
    })
    await goTo('06-network')
    await texts(page.locator('[role=alert] strong')).toEqual([
      'The model model.safetensors is not beside this page.',
    ])
    await goTo('sandbox?anchors=model')
    await count(page.locator('[role=alert]')).toBe(0)
    await page.getByText('The loaded model’s own').waitFor()
    await goTo('07-loss')
    await count(page.locator('[data-number=loss]')).toBe(1)
    await count(page.locator('[role=alert]')).toBe(0)
  })

  it('is told in the sandbox too, whose small network stands in', async () => {
    const { page, goTo } = await site.open()
    await page.route('**/model.safetensors', (route) => route.fulfill({ status: 503 }))
    await goTo('sandbox?anchors=model')
    await texts(page.locator('[role=alert] strong')).toEqual([
      'The model model.safetensors is not beside this page.',
    ])
    await count(page.getByText('The model could not be loaded: the anchors of tiny')).toBe(1)
    await count(page.locator('[data-number=loss]')).toBe(1)
  })

  it('is no reason to call the manifest missing: a server that fails is told', async () => {
    const { page, goTo } = await site.open()
    await page.route('**/manifest.json', (route) => route.fulfill({ status: 503 }))
    await goTo('01-answer')
    await texts(page.locator('[role=alert] strong')).toEqual(['data/manifest.json cannot be read.'])
  })
})

describe.skipIf(WITHOUT_BROWSER)('a search for a scene with a miss', () => {
  const site = useSite()

  /** A search that waits at its first scene, which has a miss: there is nothing that NMS or score let through. */
  async function searching(open: OpenPage) {
    const { page, goTo } = open
    await goTo('13-why?score=0.99')
    await page.waitForSelector('[data-stage]')
    await page.evaluate(`{
      const { network } = singleshot
      const trace = network.trace.bind(network)
      globalThis.asked = 0
      const released = new Promise((resolve) => { globalThis.release = resolve })
      network.trace = async (...args) => {
        const answer = await trace(...args)
        asked += 1
        await released
        return answer
      }
    }`)
    await page.getByRole('button', { name: 'Find a scene with a miss' }).click()
    await expect.poll(() => page.evaluate('asked')).toBe(1)
  }
  const shown = ({ page }: OpenPage) =>
    expect.poll(() => page.evaluate('singleshot.picture.current.label'))

  it('ends with its lesson: the picture of the next one stays', async () => {
    const open = await site.open()
    await searching(open)
    await open.goTo('02-overlap')
    await open.page.evaluate('release()')
    await open.goTo('01-answer')
    await shown(open).toBe('Scene 191')
    await expect.poll(() => open.page.evaluate('asked')).toBe(1)
  })

  it('finds the next one after the scene that is shown', async () => {
    const open = await site.open()
    await searching(open)
    await open.page.evaluate('release()')
    await shown(open).toBe('Scene 21')
    await count(open.page.getByRole('button', { name: 'Find a scene with a miss' })).toBe(1)
  })
})
