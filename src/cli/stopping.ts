/**
 * @file How a command ends before its time: by a signal, or because nobody reads what it says any more. The first
 * cause lets the command stop by itself, so that work can be saved.
 *
 * What ends at once ends by the signal itself, its default handler restored: exiting in the usual way would wait for
 * pictures that are being decoded, which nothing can interrupt.
 */
import { EXIT } from '../error/exit-codes.ts'

/** Signals that ask to stop, with the exit code after saving, which is also what a shell shows when one ends a process. */
export const STOP_SIGNALS = {
  SIGHUP: EXIT.hungUp,
  SIGINT: EXIT.interrupted,
  SIGTERM: EXIT.terminated,
} as const

/** A signal that asks to stop. */
export type StopSignal = keyof typeof STOP_SIGNALS

/** npm and npx pass Ctrl-C on to what they started, which has had it from the terminal already. */
const SAME_PRESS_MILLISECONDS = 1000

/** How long a command that has nothing to save may take to stop. */
const GRACE_MILLISECONDS = 1500

/** How long what is left over may hold the process after a stop: pictures that are being decoded. */
const LINGER_MILLISECONDS = 300

const BROKEN_PIPE = 'EPIPE'

type Cause =
  | { readonly kind: 'signal'; readonly name: StopSignal }
  | { readonly kind: 'reader left' | 'output failed' | 'bug' }

/** What stopping does to the world. */
export interface StopEffects {
  /** Tells people that the command is stopping. */
  readonly announce: () => void
  /** Ends the process at once, by this signal. */
  readonly dieBy: (name: StopSignal) => void
  /** Calls back later; must not keep the process alive. */
  readonly later: (milliseconds: number, run: () => void) => void
}

/** Decides what each cause to stop leads to. */
export class Stopping {
  readonly #controller = new AbortController()
  readonly #effects: StopEffects
  #cause: Cause | undefined
  #signalled: number | undefined
  #saves = false

  /** @param effects what may be done */
  constructor(effects: StopEffects) {
    this.#effects = effects
  }

  /** Given when the command should stop. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** A command begins. @param saves whether stopping it leaves something to be saved, however long that takes */
  begin(saves: boolean): void {
    this.#saves = saves
  }

  /** A signal came. @param now milliseconds of a clock that never goes back */
  onSignal(name: StopSignal, now: number): void {
    if (this.#signalled !== undefined) {
      if (now - this.#signalled >= SAME_PRESS_MILLISECONDS) this.#effects.dieBy(name)
      return
    }
    // Ctrl-C also ends `tee` behind a pipe: the pipe may break before the signal is heard, and it still counts as one.
    this.#signalled = now
    this.#effects.announce()
    this.#stop({ kind: 'signal', name })
    if (!this.#saves) this.#effects.later(GRACE_MILLISECONDS, () => this.#effects.dieBy(name))
  }

  /** What is written cannot be delivered. Without messages a command goes on, unless it has something to save. */
  onBrokenOutput(stream: 'stdout' | 'stderr', code: string | undefined): void {
    if (stream === 'stderr' && !this.#saves) return
    this.#stop({ kind: code === BROKEN_PIPE ? 'reader left' : 'output failed' })
  }

  /** Something was thrown where nobody could catch it. @returns whether it is the first: a second one is one too many */
  onBug(): boolean {
    const first = this.#cause?.kind !== 'bug'
    this.#cause = undefined
    this.#stop({ kind: 'bug' })
    return first
  }

  /**
   * The command has ended.
   * @param code what it would exit with; undefined when it stopped because it was told to
   * @returns the exit code of the process
   */
  end(code: number | undefined): number {
    const cause = this.#cause
    const final = exitCodeOf(cause, code, this.#saves)
    if (cause?.kind === 'signal' && final === STOP_SIGNALS[cause.name])
      this.#effects.later(LINGER_MILLISECONDS, () => this.#effects.dieBy(cause.name))
    return final
  }

  #stop(cause: Cause) {
    this.#cause ??= cause
    this.#controller.abort()
  }
}

function exitCodeOf(cause: Cause | undefined, code: number | undefined, saves: boolean): number {
  switch (cause?.kind) {
    case undefined:
      return code ?? EXIT.internal
    case 'signal':
      return code ?? STOP_SIGNALS[cause.name]
    case 'bug':
      return EXIT.internal
    case 'output failed':
      return EXIT.io
    case 'reader left':
      // `| head` has all it wants; but a training that stopped is not done.
      return saves ? (code ?? EXIT.readerLeft) : EXIT.ok
  }
}
