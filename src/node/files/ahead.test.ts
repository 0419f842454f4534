import { array, asyncProperty, assert as check, integer, nat } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { groupsAhead } from './ahead.ts'

const one = { ahead: 3 }
const same = async <T>(thing: T) => thing

/** What a generator gives. */
async function all<T>(groups: AsyncIterable<T[]>): Promise<T[]> {
  const found: T[] = []
  for await (const group of groups) found.push(...group)
  return found
}

/** A source that notes how far it was asked and whether it was left. */
function watched(end: number) {
  const seen = { asked: 0, left: false }
  async function* source() {
    try {
      for (let i = 0; i < end; i++) {
        seen.asked++
        yield i
      }
    } finally {
      seen.left = true
    }
  }
  return { seen, source: source() }
}

/** Lets everything happen that waits for nothing else. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('working ahead', () => {
  it('keeps the order, whatever is done first, for lists, generators and what is asynchronous', async () => {
    const turns = integer({ min: 0, max: 4 })
    await check(
      asyncProperty(array(turns), nat(4), nat(3), async (waits, ahead, most) => {
        const work = async (wait: number, i: number) => {
          for (let turn = 0; turn < wait; turn++) await Promise.resolve()
          return i
        }
        const options = { ahead: ahead + 1, most: most + 1 }
        expect(await all(groupsAhead(waits, options, work))).toEqual(waits.map((_, i) => i))
      }),
    )
    const { source } = watched(5)
    expect(await all(groupsAhead(source, one, same))).toEqual([0, 1, 2, 3, 4])
  })

  it('asks a source without end for no more than is told, while nobody takes anything', async () => {
    const { seen, source } = watched(Number.POSITIVE_INFINITY)
    const groups = groupsAhead(source, one, same)
    await groups.next()
    await settled()
    // The one that was taken, and three ahead of it.
    expect(seen.asked).toBe(4)
    await groups.return()
    expect(seen).toEqual({ asked: 4, left: true })
  })

  it('never asks a source again before it has answered', async () => {
    let asking = 0
    let most = 0
    let left = 5
    const source: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          most = Math.max(most, ++asking)
          await settled()
          asking--
          return left-- > 0 ? { done: false, value: left } : { done: true, value: undefined }
        },
      }),
    }
    expect(await all(groupsAhead(source, one, same))).toEqual([4, 3, 2, 1, 0])
    expect(most).toBe(1)
  })

  it('gives at once what is ready, at most as many as are wanted, and waits for no group to be full', async () => {
    const { source } = watched(5)
    const groups = groupsAhead(source, { ahead: 4, most: 2 }, same)
    const first = await groups.next()
    await settled()
    const second = await groups.next()
    await settled()
    const third = await groups.next()
    expect([first, second, third].map(({ value }) => value)).toEqual([[0], [1, 2], [3, 4]])
    expect((await groups.next()).done).toBe(true)
  })

  it('gives an answer while the source still looks for the next thing', async () => {
    async function* slow() {
      yield 'now'
      await new Promise(() => undefined)
    }
    const groups = groupsAhead(slow(), one, same)
    expect(await groups.next()).toEqual({ done: false, value: ['now'] })
    // And whoever goes away does not wait for it either.
    expect((await groups.return()).done).toBe(true)
  })

  it('throws what the work or the source throws, in its place, and leaves the source', async () => {
    const { seen, source } = watched(5)
    const failing = async (i: number) => {
      if (i === 1) throw new Error('broken')
      return i
    }
    const groups = groupsAhead(source, one, failing)
    expect((await groups.next()).value).toEqual([0])
    await expect(groups.next()).rejects.toThrow('broken')
    expect(seen.left).toBe(true)
    function* bad() {
      yield 1
      throw new Error('no more')
    }
    await expect(all(groupsAhead(bad(), one, same))).rejects.toThrow('no more')
  })

  it('ends with the reason of its signal, even while the source is silent', async () => {
    const stop = new AbortController()
    async function* silent() {
      await new Promise(() => undefined)
      yield 1
    }
    const next = groupsAhead(silent(), { ...one, signal: stop.signal }, same).next()
    const reason = new Error('enough')
    stop.abort(reason)
    await expect(next).rejects.toBe(reason)
  })
})
