import { describe, expect, it } from 'vitest'
import { EXIT } from '../error/exit-codes.ts'
import { Stopping, type StopSignal } from './stopping.ts'

/** A command, and what stopping it does to the world. */
function begun(saves: boolean) {
  const done: string[] = []
  const later: { after: number; run: () => void }[] = []
  const stopping = new Stopping({
    announce: () => done.push('announced'),
    dieBy: (name) => done.push(`died by ${name}`),
    later: (after, run) => later.push({ after, run }),
  })
  stopping.begin(saves)
  return { stopping, done, later, stopped: () => stopping.signal.aborted }
}

describe('a signal', () => {
  it.each<[StopSignal, number]>([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('%s stops a command, which saves and ends with %i', (name, code) => {
    const { stopping, done, stopped } = begun(true)
    expect(stopped()).toBe(false)
    stopping.onSignal(name, 5000)
    expect(stopped()).toBe(true)
    expect(stopping.end(undefined)).toBe(code)
    expect(done).toEqual(['announced'])
  })

  it('that comes again within a second is the same press; after that it ends the process', () => {
    const { stopping, done } = begun(true)
    for (const now of [5000, 5001, 5999]) stopping.onSignal('SIGINT', now)
    expect(done).toEqual(['announced'])
    stopping.onSignal('SIGINT', 6000)
    expect(done).toEqual(['announced', 'died by SIGINT'])
  })

  it('leaves a command that saves all the time it takes, and another one a second and a half', () => {
    const [saving, other] = [begun(true), begun(false)]
    for (const { stopping } of [saving, other]) stopping.onSignal('SIGTERM', 0)
    expect(saving.later).toEqual([])
    expect(other.later).toHaveLength(1)
    expect(other.later[0]!.after).toBe(1500)
    other.later[0]!.run()
    expect(other.done).toEqual(['announced', 'died by SIGTERM'])
  })

  it('also ends what is left over a moment after the command, such as a picture being decoded', () => {
    const { stopping, done, later } = begun(true)
    stopping.onSignal('SIGINT', 0)
    stopping.end(undefined)
    expect(later).toHaveLength(1)
    later[0]!.run()
    expect(done).toEqual(['announced', 'died by SIGINT'])
  })

  it('that comes when all is done changes nothing: the command ends with its own code', () => {
    const { stopping, later } = begun(true)
    stopping.onSignal('SIGINT', 0)
    expect(stopping.end(EXIT.ok)).toBe(EXIT.ok)
    expect(later).toEqual([])
  })
})

describe('a broken output', () => {
  it('stops a command that saves, whichever stream it is', () => {
    for (const stream of ['stdout', 'stderr'] as const) {
      const { stopping, stopped } = begun(true)
      stopping.onBrokenOutput(stream, 'EPIPE')
      expect(stopped()).toBe(true)
      expect(stopping.end(undefined)).toBe(141)
    }
  })

  it('ends another one quietly when the reader of its results left', () => {
    const { stopping, stopped } = begun(false)
    stopping.onBrokenOutput('stdout', 'EPIPE')
    expect(stopped()).toBe(true)
    expect(stopping.end(undefined)).toBe(EXIT.ok)
  })

  it('lets another one go on when only the reader of its messages left', () => {
    const { stopping, stopped } = begun(false)
    stopping.onBrokenOutput('stderr', 'EPIPE')
    stopping.onBrokenOutput('stderr', 'ENOSPC')
    expect(stopped()).toBe(false)
    expect(stopping.end(EXIT.ok)).toBe(EXIT.ok)
  })

  it('is an error when it did not break because the reader left', () => {
    const { stopping } = begun(false)
    stopping.onBrokenOutput('stdout', 'ENOSPC')
    expect(stopping.end(EXIT.ok)).toBe(EXIT.io)
  })

  it('and the Ctrl-C that broke it count as one', () => {
    const { stopping, done } = begun(true)
    stopping.onBrokenOutput('stderr', 'EPIPE')
    stopping.onSignal('SIGINT', 0)
    stopping.onSignal('SIGINT', 10)
    expect(done).toEqual(['announced'])
  })
})

describe('a bug', () => {
  it('stops the command, which may still save, and decides the exit code', () => {
    const { stopping, stopped } = begun(true)
    expect(stopping.onBug()).toBe(true)
    expect(stopped()).toBe(true)
    expect(stopping.onBug()).toBe(false)
    expect(stopping.end(undefined)).toBe(EXIT.internal)
  })
})
