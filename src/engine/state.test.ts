import { afterAll, describe, expect, it } from 'vitest'
import { toOnnx } from '../graph/onnx.ts'
import { add, cast, greater, multiply } from '../graph/ops.ts'
import { constant, input } from '../graph/tensor.ts'
import type { Engine, StateSlot } from './engine.ts'
import { createEngine } from './node.ts'
import { createWebEngine } from './web.ts'

const ENGINES: Readonly<Record<string, Engine>> = {
  'of Node.js': createEngine({ threads: 1 }),
  'of Node.js on WebAssembly': createEngine({ runtime: 'wasm' }),
  'of a page': createWebEngine({ threads: 1 }),
}
afterAll(() => Promise.all(Object.values(ENGINES).map((engine) => engine.close())))

const shape = [3]
const slots: StateSlot[] = [{ name: 'w', next: 'next:w', shape }]
const scalar = (value: number) => ({ data: Float32Array.of(value), shape: [] })

const w = input('w', shape)

/** w ← w + step. */
const walk = toOnnx({
  'next:w': add(w, input('step', [])),
  twice: multiply(w, constant(2)),
})

describe.each(Object.entries(ENGINES))('the engine %s', (_, engine) => {
  it('keeps state from run to run, and gives a copy of it', async () => {
    const program = await engine.compile({ bytes: walk, state: slots })
    await program.writeState(new Map([['w', Float32Array.of(1, 2, 3)]]))
    for (const step of [10, 100]) await program.run({ step: scalar(step) })
    const state = await program.readState()
    state.get('w')!.fill(0)
    expect([...(await program.readState()).get('w')!]).toEqual([111, 112, 113])
    await program.close()
  })

  it('runs one after the other what was asked at once, so that no step is lost', async () => {
    const program = await engine.compile({ bytes: walk, state: slots })
    await Promise.all(Array.from({ length: 20 }, () => program.run({ step: scalar(1) })))
    expect([...(await program.readState()).get('w')!]).toEqual([20, 20, 20])
    await program.close()
  })

  it('lets a second program read, and replace, the state of the first', async () => {
    const owner = await engine.compile({ bytes: walk, state: slots })
    const sums = { name: 'sum', next: 'next:sum', shape }
    const sum = input('sum', shape)
    const bytes = toOnnx({ 'next:sum': add(sum, w) })
    const reader = await engine.compile({ bytes, state: [sums], shares: owner })
    for (let i = 0; i < 3; i++) {
      await owner.run({ step: scalar(1) })
      await reader.run({})
    }
    expect(await owner.readState()).toEqual(await reader.readState())
    const state = await reader.readState()
    expect([[...state.get('w')!], [...state.get('sum')!]]).toEqual([
      [3, 3, 3],
      [6, 6, 6],
    ])
    await reader.writeState(new Map([['w', Float32Array.of(7, 8, 9)]]))
    expect([...(await owner.run({ step: scalar(0) })).outputs.twice!]).toEqual([14, 16, 18])
    await owner.close()
    await reader.run({}) // The state lives as long as any program that has it.
    await reader.close()
  })

  it('refuses to share the state of a program of another engine', async () => {
    const other = createEngine({ threads: 1 })
    const owner = await other.compile({ bytes: walk, state: slots })
    const sharing = engine.compile({ bytes: walk, shares: owner })
    await expect(sharing).rejects.toMatchObject({
      code: 'E_SHAPE',
      message: expect.stringContaining('same engine'),
    })
    await other.close()
  })

  it('gives whole numbers and truth values as integers', async () => {
    const x = input('x', shape)
    const above = greater(x, constant(1.5))
    const bytes = toOnnx({ above, whole: cast(x, 'int32'), x2: multiply(x, constant(2)) })
    const program = await engine.compile({ bytes })
    const { outputs, integers } = await program.run({
      x: { data: Float32Array.of(1, 2, 3), shape },
    })
    expect(Object.keys(outputs)).toEqual(['x2'])
    expect(integers).toEqual({ above: Int32Array.of(0, 1, 1), whole: Int32Array.of(1, 2, 3) })
    await program.close()
  })
})
