import { EventEmitter } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { EngineThread } from './thread.ts'

/** A worker that does nothing but keep what it is sent. */
class SilentWorker extends EventEmitter {
  readonly sent: unknown[] = []
  held = false
  postMessage(message: unknown) {
    this.sent.push(structuredClone(message))
  }
  ref() {
    this.held = true
  }
  unref() {
    this.held = false
  }
}

function silentThread() {
  const worker = new SilentWorker()
  return { worker, thread: new EngineThread(() => worker as unknown as Worker) }
}

describe("the engine's thread", () => {
  it('rejects all that is asked when a message cannot be read, for nobody knows whose it was', async () => {
    const { worker, thread } = silentThread()
    const asked = Promise.allSettled([
      thread.ask('run', { kind: 'run' }),
      thread.ask('readState', { kind: 'readState' }),
    ])
    worker.emit('messageerror', new Error('no such class'))
    const rule = 'expected the thread of the engine to be alive'
    for (const outcome of await asked)
      expect(outcome).toMatchObject({
        reason: {
          code: 'E_ENGINE',
          parts: { rule, got: expect.stringContaining('no such class') },
        },
      })
    worker.emit('exit', 0)
  })

  it('keeps nobody waiting for what could not be sent', async () => {
    const { worker, thread } = silentThread()
    await expect(
      thread.ask('run', { kind: 'run', feed: () => 'functions cannot be sent' }),
    ).rejects.toMatchObject({ code: 'E_SHAPE', parts: { where: 'run' } })
    expect(worker.held).toBe(false)
    const later = thread.ask('run', { kind: 'run' })
    const { id } = worker.sent.at(-1) as { id: number }
    worker.emit('message', { id, value: 7 })
    expect(await later).toBe(7)
    expect(worker.held).toBe(false)
    worker.emit('exit', 0)
  })

  it('ignores answers to questions that closing has settled', async () => {
    const { worker, thread } = silentThread()
    const asked = thread.ask('run', { kind: 'run', program: 3 })
    thread.overtake(3)
    await expect(asked).rejects.toMatchObject({ code: 'E_CLOSED' })
    const { id } = worker.sent[0] as { id: number }
    worker.emit('message', { id, value: 7 })
    worker.emit('exit', 0)
    await expect(thread.close()).resolves.toBeUndefined()
  })
})
