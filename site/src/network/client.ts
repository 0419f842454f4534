/** @file The page's end of the line to the worker: questions out, promises back. */
import type { Answer, QuestionKind, Questions } from './protocol.ts'

interface Waiting {
  resolve(value: never): void
  reject(problem: unknown): void
}

/** Asks the worker. */
export class NetworkClient {
  #worker: Worker | undefined
  readonly #waiting = new Map<number, Waiting>()
  #last = 0

  /** Asks a question; the thread is started by the first one. @throws Problem, as plain data */
  ask<Kind extends QuestionKind>(
    kind: Kind,
    ask: Questions[Kind]['ask'],
  ): Promise<Questions[Kind]['answer']> {
    this.#worker ??= this.#start()
    const worker = this.#worker
    return new Promise((resolve, reject) => {
      const id = ++this.#last
      worker.postMessage({ id, kind, ask })
      this.#waiting.set(id, { resolve, reject })
    })
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      const waiting = this.#waiting.get(data.id)
      this.#waiting.delete(data.id)
      if ('problem' in data) waiting?.reject(data.problem)
      else waiting?.resolve(data.value as never)
    })
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      this.#giveUp(`has stopped${event.message ? `: ${event.message}` : ''}`)
    })
    worker.addEventListener('messageerror', () =>
      this.#giveUp('sent an answer that cannot be read'),
    )
    return worker
  }

  /** Nobody waits for ever, and the next question starts another thread. */
  #giveUp(what: string): void {
    for (const { reject } of this.#waiting.values())
      reject({
        code: null,
        sentence: `The thread that computes ${what}.`,
        remedy: 'Reload the page. If it happens again, please report it.',
      })
    this.#waiting.clear()
    this.#worker?.terminate()
    this.#worker = undefined
  }
}
