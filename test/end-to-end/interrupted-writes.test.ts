/**
 * @file A run that dies at any of its writes. Every file of a run folder takes its name by a rename (or, for the lock,
 * a link), so a rename that fails leaves the folder as a kill at that moment does.
 */
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { train } from '../../src/index.ts'
import type { TrainEvent } from '../../src/node/events.ts'
import type { StartRequest } from '../../src/node/run/train.ts'
import { onlyOn } from '../support/listen.ts'
import { runFiles, writeSmallNetwork } from './run-files.ts'
import { quickly, temporaryFolder, writeSmallSet } from './sets.ts'

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  return { ...real, rename: vi.fn(real.rename) }
})
const real = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises')

const folder = await temporaryFolder()
const set = await writeSmallSet(join(folder, 'set'), 20)
const config = await writeSmallNetwork(join(folder, 'small.json'))

/** Three epochs, each validated, with two snapshots on the way. */
const request = (out: string, more: Partial<StartRequest> = {}) =>
  quickly(set, out, { config, split: 'train', validate: 'val', epochs: 3, snapshots: 2, ...more })

/** Files in the order in which they took their names. */
const renamed = () => vi.mocked(rename).mock.calls.map(([, to]) => basename(String(to)))

/** Lets so many writes succeed, and no more. */
function dieAtWrite(count: number) {
  let left = count
  vi.mocked(rename).mockImplementation((from, to) =>
    left-- > 0 ? real.rename(from, to) : Promise.reject(new Error('killed')),
  )
}

vi.mocked(rename).mockClear() // The set was written too.
await train(request(join(folder, 'whole')))
const whole = await runFiles(join(folder, 'whole'))
const writes = renamed()

describe('a run that dies at one of its writes', () => {
  it('writes what the checkpoint speaks of before it, and what the checkpoint can tell after it', () => {
    expect(writes.slice(0, 9)).toEqual([
      ...['config.json', 'last.safetensors', 'best.safetensors', 'step-0000004.safetensors'],
      ...['last.safetensors', 'metrics.jsonl', 'curves.svg', 'timing.json', 'last.safetensors'],
    ])
  })

  it.each(writes.map((file, i) => [file, i] as const))(
    'ends, when it goes on, byte for byte as one that was never interrupted: %s, write %i',
    async (_, died) => {
      const out = join(folder, `died-${died}`)
      dieAtWrite(died)
      await expect(train(request(out))).rejects.toMatchObject({ code: 'E_WRITE' })
      vi.mocked(rename).mockImplementation(real.rename)
      const begun = existsSync(join(out, 'last.safetensors'))
      await train(begun ? { resume: out, threads: 1 } : request(out))
      expect(await runFiles(out)).toEqual(whole)
    },
  )

  it.each(['best.safetensors', 'step-0000011.safetensors'])(
    'has lost no epoch if only %s could not be written',
    async (file) => {
      const out = join(folder, `without-${file}`)
      vi.mocked(rename).mockImplementation((from, to) =>
        basename(String(to)) === file
          ? Promise.reject(new Error('no room'))
          : real.rename(from, to),
      )
      await expect(train(request(out))).rejects.toMatchObject({
        code: 'E_WRITE',
        remedy: expect.stringContaining('go on with --resume'),
      })
      vi.mocked(rename).mockImplementation(real.rename)
      const steps: number[] = []
      const onEvent = onlyOn<TrainEvent, 'step'>('step', ({ report }) => steps.push(report.step))
      await train({ resume: out, threads: 1, onEvent })
      expect(steps[0]).toBe(file === 'best.safetensors' ? 5 : undefined)
      expect(await runFiles(out)).toEqual(whole)
    },
  )
})
