import { afterAll, describe, expect, it } from 'vitest'
import { toOnnx } from '../graph/onnx.ts'
import { add, multiply } from '../graph/ops.ts'
import { constant, input } from '../graph/tensor.ts'
import { createWebEngine } from './web.ts'

const engine = createWebEngine({ threads: 1 })
afterAll(() => engine.close())

/** y = 2 x + 1 for two numbers. */
function doubling() {
  const y = add(multiply(input('x', [2]), constant(2)), constant(1))
  return engine.compile({ bytes: toOnnx({ y }) })
}

describe('the engine for browsers', () => {
  it('computes 2 x + 1 and gives the buffer of the feed back', async () => {
    const program = await doubling()
    const data = Float32Array.of(3, 4)
    const { outputs, returned, milliseconds } = await program.run({ x: { data, shape: [2] } })
    expect([...outputs.y!]).toEqual([7, 9])
    expect(returned.x).toBe(data)
    expect(milliseconds).toBeGreaterThan(0)
    await program.close()
  })

  it('names the feed that is missing', async () => {
    const program = await doubling()
    await expect(program.run({})).rejects.toThrow('run: expected a feed named x, got []')
    await program.close()
  })

  it('checks feeds as the engine in Node.js does', async () => {
    const program = await doubling()
    const data = Float32Array.of(3, 4)
    await expect(program.run({ x: { data, shape: [1, 2] } })).rejects.toMatchObject({
      code: 'E_SHAPE',
      message: 'run: expected shape [2] for the feed x, got [1, 2]',
    })
    await program.close()
  })

  it('rejects what is asked after closing, and what was under way', async () => {
    const closing = createWebEngine({ threads: 1 })
    const y = add(input('x', [2]), constant(1))
    const program = await closing.compile({ bytes: toOnnx({ y }) })
    const running = program.run({ x: { data: Float32Array.of(3, 4), shape: [2] } })
    const outcome = expect(running).rejects.toMatchObject({ code: 'E_CLOSED' })
    await Promise.all([closing.close(), closing.close(), program.close()])
    await outcome
    const asked = [program.run({}), program.readState(), program.writeState(new Map())]
    for (const call of [
      ...asked,
      closing.compile({ bytes: toOnnx({ y }) }),
      closing.capabilities(),
    ])
      await expect(call).rejects.toMatchObject({ code: 'E_CLOSED' })
  })

  it('says what it is', async () => {
    const { device, runtime, threads, target, memory, channelBlock } = await engine.capabilities()
    const told = [device, runtime, threads, target, memory, await channelBlock()]
    expect(told).toEqual(['cpu', 'wasm', 1, 'cpu', undefined, undefined])
  })

  it('says which operator it lacks', async () => {
    const bytes = toOnnx({ y: add(input('x', [1]), constant(1)) })
    const text = new TextDecoder('latin1').decode(bytes).replaceAll('Add', 'Axx')
    const unknown = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    await expect(engine.compile({ bytes: unknown })).rejects.toMatchObject({
      code: 'E_DEVICE',
      message: expect.stringContaining('Axx'),
    })
  })

  it('refuses no threads at all', () => {
    expect(() => createWebEngine({ threads: 0 })).toThrow('expected threads to be a whole number')
  })
})
