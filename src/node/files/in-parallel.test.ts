import { expect, test } from 'vitest'
import { mapInParallel } from './in-parallel.ts'

test('results come in the order of the items, with no more at once than allowed', async () => {
  let running = 0
  let most = 0
  const release: (() => void)[] = []
  const work = mapInParallel([5, 6, 7, 8], { atOnce: 2 }, async (item, i) => {
    most = Math.max(most, ++running)
    await new Promise<void>((resolve) => release.push(resolve))
    running--
    return `${i}:${item}`
  })
  for (let done = 0; done < 4; done++) {
    await new Promise(setImmediate)
    release.pop()!() // The last to begin ends first.
  }
  expect(await work).toEqual(['0:5', '1:6', '2:7', '3:8'])
  expect(most).toBe(2)
})

test('nothing begins after a failure or an abort', async () => {
  const begun: number[] = []
  const failing = mapInParallel([1, 2, 3], { atOnce: 1 }, async (item) => {
    begun.push(item)
    if (item === 2) throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(begun).toEqual([1, 2])
  const stop = new AbortController()
  const stopped = mapInParallel([4, 5], { atOnce: 1, signal: stop.signal }, async (item) => {
    begun.push(item)
    stop.abort(new Error('enough'))
  })
  await expect(stopped).rejects.toThrow('enough')
  expect(begun).toEqual([1, 2, 4])
})
