/**
 * @file The engine's thread as seen from outside: messages go in, each is paired with its reply, and whatever happens to
 * the thread, every question is answered.
 *
 * ONNX Runtime ends the whole process (SIGABRT) when its thread is torn down in the middle of native work. So nothing
 * here tears it down: closing raises a flag that the thread reads between two pieces of work, and a process that exits
 * waits until the piece under way is done.
 */
import { Worker } from 'node:worker_threads'
import { describeError, SingleshotError } from '../error/singleshot-error.ts'
import { closedError } from './closing.ts'
import { BUSY, CLOSING, FLAGS, type Reply } from './thread-messages.js'

/** Longest that a process which exits waits for native work; a step of the largest networks takes less. */
const EXIT_WAIT_MILLISECONDS = 20_000

interface Question {
  readonly program: number | undefined
  readonly where: string
  resolve(value: unknown): void
  reject(error: Error): void
}

/** A question to the thread. */
export interface Letter {
  /** Which handler of session-worker.js answers. */
  readonly kind: string
  /** The program it is about. */
  readonly program?: number
}

/** All threads that run, for {@link waitForAll}. */
const running = new Set<EngineThread>()

/** Pairs questions to the engine's thread with their answers. */
export class EngineThread {
  readonly #worker: Worker
  readonly #flags: Int32Array<SharedArrayBuffer>
  readonly #waiting = new Map<number, Question>()
  readonly #ended: Promise<void>
  #last = 0
  /** What a question meets once the thread takes no more. */
  #refusal: ((where: string) => SingleshotError) | undefined

  /** @param start starts the worker with the flags that it shares with this object; tests give their own */
  constructor(start: (flags: Int32Array<SharedArrayBuffer>) => Worker = startWorker) {
    this.#flags = new Int32Array(new SharedArrayBuffer(FLAGS * Int32Array.BYTES_PER_ELEMENT))
    this.#worker = start(this.#flags)
    this.#worker.on('message', (reply: Reply) => this.#settle(reply))
    this.#worker.on('error', (error) => this.#die(describeError(error)))
    this.#worker.on('messageerror', (error) => this.#die(`a message that cannot be read: ${error}`))
    this.#ended = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        this.#die(`exit code ${code}`)
        running.delete(this)
        resolve()
      })
    })
    // An idle engine must not keep the process alive.
    this.#worker.unref()
    process.off('exit', waitForAll).on('exit', waitForAll)
    running.add(this)
  }

  /**
   * Asks the thread and waits for its answer.
   * @param where the public function that asks, for messages @param transfer buffers that are handed over
   * @throws SingleshotError E_CLOSED, E_ENGINE, E_SHAPE for data that cannot be sent; Error with the thread's own words when it refuses
   */
  ask(
    where: string,
    letter: Letter & Readonly<Record<string, unknown>>,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<unknown> {
    if (this.#refusal !== undefined) return Promise.reject(this.#refusal(where))
    return new Promise((resolve, reject) => {
      const id = ++this.#last
      this.#post(where, { ...letter, id }, transfer) // When this throws, nobody waits yet.
      this.#waiting.set(id, { program: letter.program, where, resolve, reject })
      this.#worker.ref()
    })
  }

  /** Rejects what is asked about one program, which is being closed. */
  overtake(program: number): void {
    for (const [id, question] of this.#waiting)
      if (question.program === program) {
        this.#waiting.delete(id)
        question.reject(closedError(question.where, 'program'))
      }
  }

  /** Whether the thread takes no more questions. */
  get over(): boolean {
    return this.#refusal !== undefined
  }

  /** Rejects all that is asked, and waits until the thread has ended by itself. */
  async close(): Promise<void> {
    if (this.#refusal === undefined) {
      this.#refuse((where) => closedError(where, 'engine'))
      this.#raiseClosing()
      this.#worker.postMessage({ kind: 'close' })
    }
    this.#worker.ref()
    await this.#ended
  }

  /** Waits, without returning to the event loop, until the thread is between two pieces of work; it begins no other. */
  waitUntilIdle(): void {
    this.#raiseClosing()
    Atomics.wait(this.#flags, BUSY, 1, EXIT_WAIT_MILLISECONDS)
  }

  #post(where: string, letter: object, transfer: readonly ArrayBuffer[]) {
    try {
      this.#worker.postMessage(letter, transfer)
    } catch (cause) {
      const rule = 'expected data that can be handed to the thread of the engine'
      throw new SingleshotError('E_SHAPE', { where, rule, got: describeError(cause), cause })
    }
  }

  #raiseClosing() {
    Atomics.store(this.#flags, CLOSING, 1)
  }

  #settle({ id, value, error }: Reply) {
    const question = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (this.#waiting.size === 0 && this.#refusal === undefined) this.#worker.unref()
    if (error === undefined) question?.resolve(value)
    else question?.reject(new Error(error))
  }

  #die(how: string) {
    this.#refuse((where) => {
      const rule = 'expected the thread of the engine to be alive'
      return new SingleshotError('E_ENGINE', { where, rule, got: `its end: ${how}` })
    })
  }

  #refuse(refusal: (where: string) => SingleshotError) {
    this.#refusal ??= refusal
    for (const { where, reject } of this.#waiting.values()) reject(this.#refusal(where))
    this.#waiting.clear()
  }
}

function waitForAll() {
  for (const thread of running) thread.waitUntilIdle()
}

function startWorker(flags: Int32Array<SharedArrayBuffer>): Worker {
  return new Worker(new URL('./session-worker.js', import.meta.url), {
    workerData: { flags },
    // Flags of the program are not meant for a plain file: with --input-type, as `node -e` has it, none would start.
    execArgv: [],
  })
}
