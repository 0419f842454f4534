import { afterAll, describe, expect, it } from 'vitest'
import { freshModelBytes } from '../../test/support/fresh-model.ts'
import { BATCH } from '../detect/loaded-model.ts'
import { createImage } from '../image/image.ts'
import { detect } from './detect.ts'
import { loadModel } from './model.ts'

const model = await loadModel(freshModelBytes(), { threads: 1 })
afterAll(() => model.close())

const picture = (i: number) => createImage({ width: 40 + i, height: 30 })

/** Lets everything happen that waits for nothing else. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('pictures without end', () => {
  /** A camera, which notes how often it was asked and whether it was let go. */
  function camera() {
    const seen = { asked: 0, left: false }
    async function* shots() {
      try {
        for (;;) yield picture(seen.asked++ % 5)
      } finally {
        seen.left = true
      }
    }
    return { seen, shots: shots() }
  }

  it('are read a bounded number ahead, however long one looks at the first', async () => {
    const { seen, shots } = camera()
    for await (const _ of detect(model, shots)) {
      const before = seen.asked
      for (let turn = 0; turn < 50; turn++) await settled()
      // What is decoded, what is with the engine, what is at hand.
      expect(seen.asked).toBeLessThanOrEqual(5 * BATCH)
      expect(seen.asked).toBeGreaterThanOrEqual(before)
      break
    }
  })

  it('are let go at once when the loop is left', async () => {
    const { seen, shots } = camera()
    for await (const { index } of detect(model, shots)) if (index === 3) break
    expect(seen.left).toBe(true)
    const { asked } = seen
    await settled()
    expect(seen.asked).toBe(asked)
  })

  it('are let go when the signal comes, which is thrown', async () => {
    const { seen, shots } = camera()
    const stop = new AbortController()
    const reason = new Error('enough')
    const going = async () => {
      for await (const { index } of detect(model, shots, { signal: stop.signal }))
        if (index === 2) stop.abort(reason)
    }
    await expect(going()).rejects.toBe(reason)
    expect(seen.left).toBe(true)
  })

  it('may be silent for ever: the signal ends the waiting, and so does leaving', async () => {
    const stop = new AbortController()
    async function* silent() {
      yield picture(1)
      await new Promise(() => undefined)
    }
    const found = detect(model, silent(), { signal: stop.signal })[Symbol.asyncIterator]()
    expect((await found.next()).value?.index).toBe(0)
    const next = found.next()
    stop.abort()
    await expect(next).rejects.toMatchObject({ name: 'AbortError' })
    for await (const _ of detect(model, silent())) break
  })
})
