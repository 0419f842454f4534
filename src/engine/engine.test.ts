import { afterAll, describe, expect, it } from 'vitest'
import { toOnnx } from '../graph/onnx.ts'
import { add, matmul, multiply } from '../graph/ops.ts'
import { constant, input } from '../graph/tensor.ts'
import { createEngine } from './node.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

/** w ← 2 w + x, and the former w as a result. */
function doublingProgram() {
  const w = input('w', [2])
  const x = input('x', [2])
  const bytes = toOnnx({ next: add(multiply(w, constant(2)), x), before: add(w, constant(0)) })
  return engine.compile({ bytes, state: [{ name: 'w', next: 'next', shape: [2] }] })
}

const feed = (...values: number[]) => ({
  x: { data: Float32Array.from(values), shape: [values.length] },
})

describe('engine', () => {
  it('keeps state from run to run: w = 1 becomes 3 and then 7 under w <- 2 w + 1', async () => {
    const program = await doublingProgram()
    await program.writeState(new Map([['w', Float32Array.of(1, 10)]]))
    const first = await program.run(feed(1, 0))
    const second = await program.run(feed(1, 0))
    expect([...first.outputs.before!, ...second.outputs.before!]).toEqual([1, 10, 3, 20])
    expect((await program.readState()).get('w')).toEqual(Float32Array.of(7, 40))
    await program.close()
  })

  it('hands out a copy of the state: writing into it changes nothing inside', async () => {
    const program = await doublingProgram()
    await program.writeState(new Map([['w', Float32Array.of(5, 5)]]))
    ;(await program.readState()).get('w')!.fill(0)
    expect((await program.readState()).get('w')).toEqual(Float32Array.of(5, 5))
    await program.close()
  })

  it('leaves the main thread free while it computes', async () => {
    const side = 700
    const a = input('a', [side, side])
    const program = await engine.compile({
      bytes: toOnnx({ y: Array.from({ length: 20 }).reduce<typeof a>((y) => matmul(y, a), a) }),
    })
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    const { milliseconds } = await program.run({
      a: { data: new Float32Array(side * side), shape: [side, side] },
    })
    clearInterval(timer)
    expect(milliseconds).toBeGreaterThan(0)
    expect(ticks).toBeGreaterThan(0)
    await program.close()
  })

  it('takes a feed away while it computes and gives its buffer back afterwards', async () => {
    const program = await doublingProgram()
    await program.writeState(new Map([['w', Float32Array.of(1, 1)]]))
    const feeds = feed(3, 4)
    const running = program.run(feeds)
    expect(feeds.x.data).toHaveLength(0)
    expect((await running).returned.x).toEqual(Float32Array.of(3, 4))
    await program.close()
  })

  it.each<[string, object, string]>([
    ['no array', { data: [1, 2], shape: [2] }, 'expected Float32Array for the feed x, got Array'],
    [
      'whole numbers for floats',
      { data: Int32Array.of(1, 2), shape: [2] },
      'expected Float32Array for the feed x, got Int32Array',
    ],
    [
      'another rank',
      { data: Float32Array.of(1, 2), shape: [1, 2] },
      'expected shape [2] for the feed x, got [1, 2]',
    ],
    [
      'another side',
      { data: Float32Array.of(1, 2, 3), shape: [3] },
      'expected shape [2] for the feed x, got [3]',
    ],
    [
      'too few numbers for its shape',
      { data: Float32Array.of(1), shape: [2] },
      'expected 2 numbers for the feed x, got 1',
    ],
  ])('refuses a feed of %s before it takes the buffer away', async (_, x, message) => {
    const program = await doublingProgram()
    const feeds = { x } as unknown as ReturnType<typeof feed>
    await expect(program.run(feeds)).rejects.toMatchObject({
      code: 'E_SHAPE',
      message: `run: ${message}`,
    })
    expect(feeds.x.data.length).toBeGreaterThan(0)
    await program.close()
  })

  it('refuses a buffer that is already handed over, and one buffer for two feeds', async () => {
    const program = await doublingProgram()
    const feeds = feed(1, 2)
    const running = program.run(feeds)
    await expect(program.run(feeds)).rejects.toMatchObject({
      code: 'E_SHAPE',
      message: 'run: expected 2 numbers for the feed x, got a buffer already handed over',
    })
    await running
    const sum = await engine.compile({
      bytes: toOnnx({ y: add(input('a', [2]), input('b', [2])) }),
    })
    const { x } = feed(1, 2)
    await expect(sum.run({ a: x, b: x })).rejects.toThrow(
      'run: expected a buffer of its own for each feed, got one for a and b',
    )
    await program.close()
    await sum.close()
  })

  it('leaves a feed that the graph has no input for where it is', async () => {
    const program = await doublingProgram()
    const idle = feed(3, 4).x
    await program.run({ ...feed(1, 2), idle })
    expect(idle.data).toEqual(Float32Array.of(3, 4))
    await program.close()
  })

  it('names the feed that is missing', async () => {
    const program = await doublingProgram()
    await expect(program.run({})).rejects.toThrow('run: expected a feed named x, got []')
    await program.close()
  })

  it('names the state that has the wrong length', async () => {
    const program = await doublingProgram()
    await expect(program.writeState(new Map([['w', Float32Array.of(1)]]))).rejects.toThrow(
      'writeState: expected 2 numbers for w, got 1',
    )
    await program.close()
  })

  it('says which operator a device lacks', async () => {
    const bytes = toOnnx({ y: add(input('x', [1]), constant(1)) })
    const text = new TextDecoder('latin1').decode(bytes).replaceAll('Add', 'Axx')
    const unknown = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    await expect(engine.compile({ bytes: unknown })).rejects.toMatchObject({
      code: 'E_DEVICE',
      message: expect.stringMatching(
        /expected a graph that the device cpu can run.*\(operator Axx\)/s,
      ),
      // Another device would be no way out.
      remedy: expect.not.stringContaining('--device'),
    })
  })

  it.each([0.5, -1, 99_999])('refuses %d threads', (threads) => {
    expect(() => createEngine({ threads })).toThrow(
      `createEngine: threads: expected a whole number from 0 to 256, got ${threads}`,
    )
  })
})
