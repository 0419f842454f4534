import { describe, expect, it } from 'vitest'
import { MissSearch, MOST_SCENES } from './miss-search.svelte.ts'

/** A search that finds a miss in one scene, and waits at another until it may go on. */
function setting({ missIn = -1, waitAt = -1 }: { missIn?: number; waitAt?: number } = {}) {
  const looked: number[] = []
  const shown: number[] = []
  let goOn = () => {}
  const waiting = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const search = new MissSearch({
    hasMiss: async (index) => {
      looked.push(index)
      if (index === waitAt) await waiting
      return index === missIn
    },
    show: async (index) => {
      shown.push(index)
    },
  })
  return { search, looked, shown, goOn }
}

describe('MissSearch', () => {
  it('shows the first scene with a miss', async () => {
    const { search, looked, shown } = setting({ missIn: 5 })
    await search.start(3)
    expect([looked, shown]).toEqual([[3, 4, 5], [5]])
    expect([search.looking, search.said]).toEqual([false, ''])
  })

  it(`says so when there is none in ${MOST_SCENES} scenes`, async () => {
    const { search, looked, shown } = setting()
    await search.start(7)
    expect([looked.length, looked.at(-1), shown]).toEqual([MOST_SCENES, 6 + MOST_SCENES, []])
    expect(search.said).toBe(`No object is missed in these ${MOST_SCENES} scenes.`)
  })

  it('shows nothing once it was stopped, even if the scene it was looking at has a miss', async () => {
    const { search, looked, shown, goOn } = setting({ missIn: 1, waitAt: 1 })
    const searching = search.start(0)
    await expect.poll(() => looked).toEqual([0, 1])
    expect([search.looking, search.said]).toEqual([true, 'Looking at scene 1…'])
    search.stop()
    expect([search.looking, search.said]).toEqual([false, ''])
    goOn()
    await searching
    expect([looked, shown]).toEqual([[0, 1], []])
  })

  it('of two searches only the later one goes on', async () => {
    const { search, looked, shown, goOn } = setting({ missIn: 12, waitAt: 1 })
    const first = search.start(0)
    await expect.poll(() => looked).toEqual([0, 1])
    search.stop()
    const second = search.start(11)
    goOn()
    await Promise.all([first, second])
    expect([looked, shown]).toEqual([[0, 1, 11, 12], [12]])
    expect(search.looking).toBe(false)
  })

  it('tells why it failed, and can begin again', async () => {
    let failing = true
    const search = new MissSearch({
      hasMiss: async () => {
        if (failing) throw new Error('no memory')
        return true
      },
      show: async () => {},
    })
    await search.start(0)
    expect([search.looking, search.said, search.problem]).toEqual([
      false,
      '',
      new Error('no memory'),
    ])
    failing = false
    await search.start(0)
    expect(search.problem).toBe(null)
  })
})
