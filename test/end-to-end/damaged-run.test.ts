/** @file A run folder whose files were damaged: whatever is wrong is said with the file's name, or mended. */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SingleshotError, train } from '../../src/index.ts'
import type { TrainEvent } from '../../src/node/events.ts'
import { openFormerRun } from '../../src/node/run/former-run.ts'
import type { ResumeRequest, StartRequest } from '../../src/node/run/train.ts'
import { onlyOn } from '../support/listen.ts'
import { runFiles, writeSmallNetwork } from './run-files.ts'
import { quickly, temporaryFolder, writeSmallSet } from './sets.ts'

const folder = await temporaryFolder()
const set = await writeSmallSet(join(folder, 'set'))
const config = await writeSmallNetwork(join(folder, 'small.json'))
const request = (out: string, more: Partial<StartRequest> = {}) =>
  quickly(set, out, { config, epochs: 3, snapshots: 2, ...more })

const whole = join(folder, 'whole')
await train(request(whole))
const files = [
  'config.json',
  'metrics.jsonl',
  'last.safetensors',
  'best.safetensors',
  'timing.json',
]
const contents = new Map<string, Buffer>()
for (const file of files) contents.set(file, await readFile(join(whole, file)))

/** A copy of the whole run. */
async function copyOf(name: string): Promise<string> {
  const out = join(folder, name)
  await cp(whole, out, { recursive: true })
  return out
}

const resume = (run: string, more: Partial<ResumeRequest> = {}) =>
  train({ resume: run, threads: 1, ...more })

/** What a damaged file may lead to: an error that names a file of the run, or nothing. */
async function opened(out: string): Promise<string> {
  try {
    const { lock } = await openFormerRun(out)
    await lock.release()
    return 'opened'
  } catch (error) {
    expect(error).toBeInstanceOf(SingleshotError)
    expect((error as SingleshotError).message).toContain(out)
    return (error as SingleshotError).code
  }
}

describe('a run folder', () => {
  it.each(files)(
    'with %s damaged anywhere is opened, or refused with the name of a file',
    async (file) => {
      const out = await copyOf(`damaged-${file}`)
      const content = contents.get(file)!
      const cut = fc.nat(content.length - 1).map((length) => content.subarray(0, length))
      const flips = fc
        .array(fc.tuple(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 })), {
          ...{ minLength: 1, maxLength: 4 },
        })
        .map((changes) => {
          const flipped = Buffer.from(content)
          for (const [at, bits] of changes) flipped[at]! ^= bits
          return flipped
        })
      await fc.assert(
        fc.asyncProperty(fc.oneof(cut, flips), async (damaged) => {
          await writeFile(join(out, file), damaged)
          expect(['opened', 'E_RUN']).toContain(await opened(out))
          expect(await readdir(out)).not.toContain('run.lock')
        }),
        { numRuns: 150 },
      )
      await writeFile(join(out, file), content)
      expect(await opened(out)).toBe('opened')
    },
  )

  it.each(['config.json', 'last.safetensors'])(
    'without a readable %s is refused, naming it',
    async (file) => {
      const out = await copyOf(`folder-${file}`)
      await rm(join(out, file))
      await mkdir(join(out, file))
      await expect(resume(out)).rejects.toMatchObject({
        code: 'E_RUN',
        message: expect.stringContaining(`got EISDIR (${join(out, file)})`),
      })
    },
  )

  it('without config.json is refused, naming it', async () => {
    const out = await copyOf('no-config')
    await rm(join(out, 'config.json'))
    await expect(resume(out)).rejects.toMatchObject({
      code: 'E_RUN',
      message: expect.stringContaining(`got none (${join(out, 'config.json')})`),
    })
  })

  it('with a setting of another shape is refused, naming the setting', async () => {
    const out = await copyOf('other-shape')
    const text = String(contents.get('config.json')).replace('"batch": 4', '"batch": "four"')
    await writeFile(join(out, 'config.json'), text)
    await expect(resume(out)).rejects.toMatchObject({
      code: 'E_RUN',
      message: expect.stringMatching(/train\.batch: .*, got "four" \(.*config\.json\)/),
    })
  })

  it('with the checkpoint of another network is refused, naming the checkpoint', async () => {
    const other = join(folder, 'other-network')
    await train(request(other, { config: undefined, epochs: 1 }))
    const out = await copyOf('mixed')
    await cp(join(other, 'last.safetensors'), join(out, 'last.safetensors'))
    await expect(resume(out)).rejects.toMatchObject({
      code: 'E_RUN',
      message: expect.stringContaining(join(out, 'last.safetensors')),
    })
  })

  it('with the checkpoint of another optimiser is refused, naming the checkpoint', async () => {
    const other = join(folder, 'other-optimiser')
    await train(request(other, { settings: { batch: 4, optimiser: 'adamw' } }))
    const out = await copyOf('mixed-optimisers')
    await cp(join(other, 'last.safetensors'), join(out, 'last.safetensors'))
    await expect(resume(out, { epochs: 6 })).rejects.toMatchObject({
      code: 'E_RUN',
      message: expect.stringContaining(join(out, 'last.safetensors')),
    })
  })

  it('with metrics that are cut or lost is mended from the checkpoint, and what is lost is said', async () => {
    const out = await copyOf('cut-metrics')
    const text = String(contents.get('metrics.jsonl'))
    const said: string[] = []
    const onEvent = onlyOn<TrainEvent, 'message'>('message', ({ message }) => said.push(message))
    await writeFile(join(out, 'metrics.jsonl'), text.slice(0, -10)) // In the middle of the last line.
    await resume(out, { onEvent })
    expect(await runFiles(out)).toEqual(await runFiles(whole))
    expect(said).toEqual([expect.stringContaining('Already trained')])
    await rm(join(out, 'metrics.jsonl'))
    await resume(out, { onEvent })
    expect(said[1]).toContain('metrics.jsonl is damaged: 2 of 3 lines are lost')
  })

  it('without timing.json is resumed: nothing depends on it', async () => {
    const out = await copyOf('no-timing')
    await rm(join(out, 'timing.json'))
    await resume(out)
    expect(await runFiles(out)).toEqual(await runFiles(whole))
  })

  it('without its best model says so, and keeps the best from there on', async () => {
    const out = await copyOf('no-best')
    await rm(join(out, 'best.safetensors'))
    const said: string[] = []
    const onEvent = onlyOn<TrainEvent, 'message'>('message', ({ message }) => said.push(message))
    await resume(out, { epochs: 4, onEvent })
    expect(said).toEqual([expect.stringContaining('best.safetensors is missing or damaged')])
    expect(await readdir(out)).toContain('best.safetensors')
  })
})
