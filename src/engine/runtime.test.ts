import { describe, expect, it } from 'vitest'
import { loadRuntime } from './load-runtime.js'
import { createEngine } from './node.ts'
import { loadIn, slowNotice, wantedRuntime } from './runtime.ts'
import type { EngineThread } from './thread.ts'

type Api = Awaited<ReturnType<typeof loadRuntime>>['api']
const api = {} as Api
const loads = async () => api
const fails = (reason: string) => () => Promise.reject(new Error(`${reason}\nRequire stack: ...`))

/** A thread that answers the question which ONNX Runtime it has. */
const threadWith = (answer: () => Promise<unknown>) => ({ ask: answer }) as unknown as EngineThread

describe('the runtime', () => {
  it('is native where that loads, without a look at the other', async () => {
    const wasm = () => Promise.reject(new Error('looked at'))
    expect(await loadRuntime(undefined, { native: loads, wasm })).toEqual({
      runtime: 'native',
      api,
      refused: undefined,
    })
  })

  it('is WebAssembly where the native one does not load, with the reason in one line', async () => {
    const native = fails('libonnxruntime.so.1: cannot open shared object file')
    expect(await loadRuntime(undefined, { native, wasm: loads })).toEqual({
      runtime: 'wasm',
      api,
      refused: 'libonnxruntime.so.1: cannot open shared object file',
    })
  })

  it('is only the one that was asked for', async () => {
    const native = fails('not there')
    expect((await loadRuntime('wasm', { native, wasm: loads })).refused).toBeUndefined()
    await expect(loadRuntime('native', { native, wasm: loads })).rejects.toThrow('not there')
  })

  it('is none where neither loads: the error gives both reasons, and a remedy', async () => {
    const [native, wasm] = [fails('no library'), fails('no package')]
    const thread = threadWith(() => loadRuntime(undefined, { native, wasm }))
    await expect(loadIn(thread, 'compile', {})).rejects.toMatchObject({
      code: 'E_ENGINE',
      message: 'createEngine: expected ONNX Runtime to load, got no library; no package',
      remedy: expect.stringMatching(/npm install --ignore-scripts.*docs\/install\.md/),
    })
  })

  it('gives notice of the slower engine, in one sentence with the reason and the way out', async () => {
    const notices: string[] = []
    const onNotice = (notice: string) => notices.push(notice)
    await loadIn(
      threadWith(async () => ({ runtime: 'wasm', refused: 'no library' })),
      'compile',
      { onNotice },
    )
    await loadIn(
      threadWith(async () => ({ runtime: 'native' })),
      'compile',
      { onNotice },
    )
    expect(notices).toEqual([slowNotice('no library')])
    expect(notices[0]).toMatch(/\(no library\).*npm install --ignore-scripts/)
  })

  it('is chosen by the option, else by the environment, else by what loads', () => {
    expect(wantedRuntime('native', 'wasm')).toBe('native')
    expect(wantedRuntime(undefined, 'wasm')).toBe('wasm')
    expect([wantedRuntime(undefined, ''), wantedRuntime(undefined, undefined)]).toEqual([
      undefined,
      undefined,
    ])
  })

  it('may not be anything else', () => {
    expect(() => wantedRuntime(undefined, 'fast')).toThrow(
      'createEngine: expected SINGLESHOT_ENGINE to be native or wasm, got fast',
    )
    expect(() => createEngine({ runtime: 'fast' as 'wasm' })).toThrow(
      'createEngine: runtime: expected one of native, wasm, got "fast"',
    )
  })
})
