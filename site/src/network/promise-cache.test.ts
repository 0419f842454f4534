import { describe, expect, it } from 'vitest'
import { PromiseCache } from './promise-cache.ts'

/** A cache that keeps two answers, with what was made and freed so far. */
function setting() {
  const made: string[] = []
  const freed: string[] = []
  const cache = new PromiseCache<string>({
    most: 2,
    free: async (value) => {
      freed.push(value)
    },
  })
  const ask = (key: string, failing = false) =>
    cache.get(key, async () => {
      made.push(key)
      if (failing) throw new Error(`no ${key}`)
      return key
    })
  return { ask, made, freed }
}

describe('PromiseCache', () => {
  it('makes an answer once, also for those who ask while it is being made', async () => {
    const { ask, made } = setting()
    expect(await Promise.all([ask('a'), ask('a')])).toEqual(['a', 'a'])
    expect(await ask('a')).toBe('a')
    expect(made).toEqual(['a'])
  })

  it('forgets a failure: the next one who asks gets another try', async () => {
    const { ask, made } = setting()
    await expect(ask('a', true)).rejects.toThrow('no a')
    expect(await ask('a')).toBe('a')
    expect(made).toEqual(['a', 'a'])
  })

  it('frees the answer unused for longest when there is no more room', async () => {
    const { ask, made, freed } = setting()
    await ask('a')
    await ask('b')
    await ask('a')
    await ask('c')
    await expect.poll(() => freed).toEqual(['b'])
    await ask('a')
    expect(made).toEqual(['a', 'b', 'c'])
  })

  it('frees nothing where making failed, and a late failure takes no newer answer away', async () => {
    const { ask, made, freed } = setting()
    const failing = ask('a', true)
    const others = [ask('b'), ask('c')] // Pushes the failing one out before it has failed.
    const again = ask('a')
    await expect(failing).rejects.toThrow('no a')
    await Promise.all([...others, again])
    expect(await ask('a')).toBe('a')
    expect(made).toEqual(['a', 'b', 'c', 'a'])
    expect(freed).toEqual(['b'])
  })
})
