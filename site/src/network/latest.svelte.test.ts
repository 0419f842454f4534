import { flushSync } from 'svelte'
import { describe, expect, it } from 'vitest'
import { type Latest, useLatest } from './latest.svelte.ts'

/** A question that is answered by the test. */
interface Asked {
  readonly subject: string
  isWanted(): boolean
  answer(value: string): Promise<void>
  fail(problem: unknown): Promise<void>
}

/** A component that asks about a picture with a threshold, and what it asked so far. */
function setting() {
  const state = $state({ picture: 'cat', threshold: 1 })
  const asked: Asked[] = []
  let latest: Latest<string> | undefined
  const leave = $effect.root(() => {
    latest = useLatest(() => {
      const { picture, threshold } = state
      const ask = (isWanted: () => boolean) =>
        new Promise<string>((resolve, reject) => {
          asked.push({
            ...{ subject: `${picture} ${threshold}`, isWanted },
            answer: (value) => settled(() => resolve(value)),
            fail: (problem) => settled(() => reject(problem)),
          })
        })
      return { about: picture, ask }
    })
  })
  const settled = async (settle: () => void) => {
    settle()
    await new Promise((resolve) => setTimeout(resolve)) // All promises that wait for it have had their turn.
    flushSync()
  }
  const set = (change: Partial<typeof state>) => {
    Object.assign(state, change)
    flushSync()
  }
  flushSync()
  return { latest: latest!, asked, set, leave }
}

const shown = ({ value, busy, problem }: Latest<string>) => ({ value, busy, problem })

describe('useLatest', () => {
  it('is busy until the answer comes', async () => {
    const { latest, asked } = setting()
    expect(shown(latest)).toEqual({ value: null, busy: true, problem: null })
    await asked[0]!.answer('a cat')
    expect(shown(latest)).toEqual({ value: 'a cat', busy: false, problem: null })
  })

  it('keeps an answer about the same picture until the newer one comes', async () => {
    const { latest, asked, set } = setting()
    await asked[0]!.answer('a cat')
    set({ threshold: 2 })
    expect(shown(latest)).toEqual({ value: 'a cat', busy: true, problem: null })
    await asked[1]!.answer('a better cat')
    expect(shown(latest)).toEqual({ value: 'a better cat', busy: false, problem: null })
  })

  it('never shows an answer about another picture, not even before the new question is asked', async () => {
    const { latest, asked, set } = setting()
    await asked[0]!.answer('a cat')
    set({ picture: 'dog' })
    expect(shown(latest)).toEqual({ value: null, busy: true, problem: null })
  })

  it('shows a failure instead of an older answer, and forgets it with another picture', async () => {
    const { latest, asked, set } = setting()
    await asked[0]!.answer('a cat')
    set({ threshold: 2 })
    await asked[1]!.fail('no memory')
    expect(shown(latest)).toEqual({ value: null, busy: false, problem: 'no memory' })
    set({ picture: 'dog' })
    expect(shown(latest)).toEqual({ value: null, busy: true, problem: null })
    await asked[2]!.answer('a dog')
    expect(shown(latest)).toEqual({ value: 'a dog', busy: false, problem: null })
  })

  it('passes over what was asked meanwhile, but for the newest', async () => {
    const { latest, asked, set } = setting()
    for (const threshold of [2, 3, 4]) set({ threshold })
    expect(asked[0]!.isWanted()).toBe(false)
    await asked[0]!.answer('an old cat')
    expect(latest.value).toBe(null)
    await asked[1]!.answer('the newest cat')
    expect(shown(latest)).toEqual({ value: 'the newest cat', busy: false, problem: null })
    expect(asked.map(({ subject }) => subject)).toEqual(['cat 1', 'cat 4'])
  })

  it('ends with its component: nothing more is asked or wanted', async () => {
    const { asked, set, leave } = setting()
    set({ threshold: 2 })
    leave()
    expect(asked[0]!.isWanted()).toBe(false)
    await asked[0]!.answer('a cat')
    expect(asked).toHaveLength(1)
  })
})
