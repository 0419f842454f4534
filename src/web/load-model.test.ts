import { afterEach, describe, expect, it, vi } from 'vitest'
import { freshModelBytes } from '../../test/support/fresh-model.ts'
import type { LoadedModel } from '../detect/loaded-model.ts'
import { createImage } from '../image/image.ts'
import { detect as detectInNode } from '../node/detect.ts'
import { loadModel as loadInNode } from '../node/model.ts'
import { type Bitmap, detect } from './detect.ts'
import { loadModel, type WebModelSource } from './load-model.ts'

const bytes = freshModelBytes({ epoch: 3 })
const address = (content: Uint8Array) =>
  `data:application/octet-stream;base64,${Buffer.from(content).toString('base64')}`

const picture = createImage({ width: 60, height: 40 }, [200, 30, 90])
const low = { scoreThreshold: 0.01, maxDetections: 5 }

afterEach(() => {
  vi.unstubAllGlobals()
})

describe('a model in a page', () => {
  it('is loaded from an address or from bytes, and finds what it finds in Node.js', async () => {
    const inNode = await loadInNode(bytes, { threads: 1 })
    const wanted = await detectInNode(inNode, picture, low)
    await inNode.close()
    const sources: WebModelSource[] = [
      address(bytes),
      new URL(address(bytes)),
      bytes,
      bytes.buffer,
      new Blob([bytes]),
    ]
    for (const source of sources) {
      await using loaded = await loadModel(source)
      expect(loaded).toMatchObject({ classes: ['cat', 'dog'], notes: { epoch: 3 } })
      const found = await detect(loaded, picture, low)
      expect(found.map(({ className }) => className)).toEqual(
        wanted.map(({ className }) => className),
      )
      for (const [i, { score }] of found.entries())
        expect(Math.abs(score - wanted[i]!.score)).toBeLessThan(1e-5)
    }
  })

  it('sees a bitmap as its pixels, and leaves it open', async () => {
    let closed = false
    const bitmap: Bitmap = { width: 60, height: 40, close: () => (closed = true) }
    const sizes: unknown[] = []
    class Canvas {
      drawn: unknown
      constructor(...size: number[]) {
        sizes.push(size)
      }
      getContext() {
        return {
          drawImage: (what: unknown) => {
            this.drawn = what
          },
          getImageData: () => (this.drawn === bitmap ? picture : null),
        }
      }
    }
    vi.stubGlobal('OffscreenCanvas', Canvas)
    await using loaded = await loadModel(bytes)
    expect(await detect(loaded, bitmap, low)).toEqual(await detect(loaded, picture, low))
    expect(sizes).toEqual([[60, 40]])
    expect(closed).toBe(false)
  })

  it('shows from a score of 0.5 up unless told, and refuses what it does not know', async () => {
    await using loaded = await loadModel(bytes)
    expect((await detect(loaded, picture)).every(({ score }) => score >= 0.5)).toBe(true)
    const misspelt = { scoreTreshold: 0.1 } as never
    await expect(detect(loaded, picture, misspelt)).rejects.toMatchObject({ code: 'E_CONFIG' })
    await expect(detect(loaded, { width: 3, height: 2 } as never)).rejects.toMatchObject({
      code: 'E_ARGUMENT',
    })
  })

  it.each<[what: string, load: () => Promise<LoadedModel>, code: string, got: string]>([
    [
      'an address that sends nothing',
      async () => {
        vi.stubGlobal('fetch', async () => new Response('gone', { status: 404 }))
        return loadModel('https://example.org/model.safetensors')
      },
      'E_MODEL_MISSING',
      'got the status 404 (https://example.org/model.safetensors)',
    ],
    [
      'an address that cannot be reached',
      async () => {
        vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')))
        return loadModel('https://example.org/model.safetensors')
      },
      'E_MODEL_MISSING',
      'got fetch failed',
    ],
    ['half a file', () => loadModel(address(bytes.subarray(0, 900))), 'E_MODEL_FILE', ''],
    ['a number', () => loadModel(7 as never), 'E_ARGUMENT', 'got 7'],
    ['no thread', () => loadModel(bytes, { threads: 0 }), 'E_CONFIG', 'got 0'],
  ])('is refused for %s', async (_, load, code, got) => {
    await expect(load()).rejects.toMatchObject({ code, message: expect.stringContaining(got) })
  })

  it('is not loaded further, and does not look further, once the signal is given', async () => {
    const reason = new Error('left the page')
    const stop = new AbortController()
    vi.stubGlobal('fetch', () => new Promise(() => undefined))
    const loading = loadModel('https://example.org/model.safetensors', { signal: stop.signal })
    stop.abort(reason)
    await expect(loading).rejects.toBe(reason)
    await using loaded = await loadModel(bytes)
    const { signal } = stop
    await expect(detect(loaded, picture, { signal })).rejects.toBe(reason)
  })
})
