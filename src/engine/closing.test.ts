import { Worker } from 'node:worker_threads'
import { array, assert, asyncProperty, constantFrom } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SingleshotError } from '../error/singleshot-error.ts'
import { toOnnx } from '../graph/onnx.ts'
import { add } from '../graph/ops.ts'
import { input } from '../graph/tensor.ts'
import type { Program } from './engine.ts'
import { createEngine, engineIn } from './node.ts'
import { EngineThread } from './thread.ts'

/** w ← w + x. */
const source = {
  bytes: toOnnx({ next: add(input('w', [2]), input('x', [2])) }),
  state: [{ name: 'w', next: 'next', shape: [2] }],
}
const feed = () => ({ x: { data: Float32Array.of(1, 2), shape: [2] } })
const values = () => new Map([['w', Float32Array.of(0, 0)]])

/** Every way to use a program. */
const CALLS = {
  run: (program: Program) => program.run(feed()),
  readState: (program: Program) => program.readState(),
  writeState: (program: Program) => program.writeState(values()),
} as const

const closed = { name: 'SingleshotError', code: 'E_CLOSED' }

/** An engine whose thread can be made to end by a fault of its own. */
function breakableEngine() {
  let worker: Worker | undefined
  const thread = new EngineThread((flags) => {
    worker = new Worker(new URL('./session-worker.js', import.meta.url), {
      workerData: { flags },
    })
    return worker
  })
  // A message that is none: the thread throws where nobody catches it.
  return { engine: engineIn(thread), crash: () => worker!.postMessage(null), worker: worker! }
}

describe('a closed engine', () => {
  it('rejects at once whatever is asked of it and of its programs', async () => {
    const engine = createEngine({ threads: 1 })
    const program = await engine.compile(source)
    await engine.close()
    for (const call of Object.values(CALLS))
      await expect(call(program)).rejects.toMatchObject(closed)
    await expect(engine.compile(source)).rejects.toMatchObject(closed)
    await expect(engine.capabilities()).rejects.toMatchObject(closed)
  })

  it('rejects what was under way, and says which call it was', async () => {
    const engine = createEngine({ threads: 1 })
    const program = await engine.compile(source)
    const calls = [program.run(feed()), program.run(feed()), program.readState()]
    const outcomes = Promise.allSettled([...calls, engine.compile(source)])
    await engine.close()
    expect(
      (await outcomes).map((outcome) => 'reason' in outcome && outcome.reason.message),
    ).toEqual(
      ['run', 'run', 'readState', 'compile'].map(
        (call) => `${call}: expected an open engine, got one that was closed`,
      ),
    )
  })

  it('may be closed again, also before it has begun, and so may its programs', async () => {
    const engine = createEngine({ threads: 1 })
    const program = await engine.compile(source)
    await Promise.all([engine.close(), engine.close()])
    await engine.close()
    await program.close()
    await program.close()
    const idle = createEngine({ threads: 1 })
    await expect(idle.close()).resolves.toBeUndefined()
  })
})

describe('a closed program', () => {
  it('rejects what is asked of it and what was under way, and its engine goes on', async () => {
    const engine = createEngine({ threads: 1 })
    const [program, other] = [await engine.compile(source), await engine.compile(source)]
    const underWay = Promise.allSettled([program.run(feed()), program.readState()])
    await Promise.all([program.close(), program.close()])
    for (const outcome of await underWay)
      expect(outcome).toMatchObject({
        reason: { ...closed, parts: { rule: 'expected an open program' } },
      })
    for (const call of Object.values(CALLS))
      await expect(call(program)).rejects.toMatchObject(closed)
    await other.writeState(values())
    await other.run(feed())
    expect((await other.readState()).get('w')).toEqual(Float32Array.of(1, 2))
    await engine.close()
  })

  it('is closed, like its engine, at the end of a block that declares it with await using', async () => {
    let escaped: Program | undefined
    {
      await using engine = createEngine({ threads: 1 })
      await using program = await engine.compile(source)
      escaped = program
      expect((await program.readState()).size).toBe(1)
    }
    await expect(escaped.readState()).rejects.toMatchObject(closed)
  })
})

describe('an engine whose thread ends by itself', () => {
  it('rejects what was under way and all that follows, and says how it ended', async () => {
    const { engine, crash } = breakableEngine()
    const program = await engine.compile(source)
    crash()
    const gone = {
      code: 'E_ENGINE',
      message: expect.stringMatching(
        /^run: expected the thread of the engine to be alive, got its end: .*null/,
      ),
    }
    await expect(program.run(feed())).rejects.toMatchObject(gone)
    await expect(program.run(feed())).rejects.toMatchObject(gone)
    await expect(engine.compile(source)).rejects.toMatchObject({ code: 'E_ENGINE' })
    await program.close()
    await engine.close()
    await engine.close()
  })

  it('names the exit code of a thread that was terminated', async () => {
    const { engine, worker } = breakableEngine()
    await engine.compile(source)
    await worker.terminate()
    await expect(engine.compile(source)).rejects.toMatchObject({
      code: 'E_ENGINE',
      message: 'compile: expected the thread of the engine to be alive, got its end: exit code 1',
    })
  })
})

it('whatever order calls, closing and a crash come in, each call gives a result or a SingleshotError', async () => {
  const steps = constantFrom(
    ...([
      'run',
      'readState',
      'writeState',
      'compile',
      'closeProgram',
      'closeEngine',
      'crash',
      'wait',
    ] as const),
  )
  let settled = 0
  const property = asyncProperty(array(steps, { minLength: 3, maxLength: 12 }), async (order) => {
    const { engine, crash } = breakableEngine()
    const program = await engine.compile(source)
    const actions = {
      run: () => program.run(feed()),
      readState: () => program.readState(),
      writeState: () => program.writeState(values()),
      compile: () => engine.compile(source),
      closeProgram: () => program.close(),
      closeEngine: () => engine.close(),
      crash: async () => crash(),
      wait: () => new Promise((resolve) => setImmediate(resolve)),
    }
    const outcomes: Promise<PromiseSettledResult<unknown>[]>[] = []
    for (const step of order) {
      const outcome = Promise.allSettled([actions[step]()])
      outcomes.push(outcome)
      if (step === 'wait') await outcome
    }
    for (const [outcome] of await Promise.all(outcomes)) {
      settled++
      if (outcome!.status === 'rejected') expect(outcome!.reason).toBeInstanceOf(SingleshotError)
    }
    await engine.close()
  })
  await assert(property, { numRuns: 15 })
  expect(settled).toBeGreaterThanOrEqual(45)
})
