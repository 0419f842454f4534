import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type SingleshotError, type TrainResult, train } from '../../src/index.ts'
import type { TrainEvent } from '../../src/node/events.ts'
import { readMetrics } from '../../src/node/run/metrics.ts'
import type { ResumeRequest, StartRequest, TrainRequest } from '../../src/node/run/train.ts'
import { onlyOn } from '../support/listen.ts'
import { runFiles, writeSmallNetwork } from './run-files.ts'
import { annotationXml, quickly, relabel, temporaryFolder, writeSmallSet } from './sets.ts'

const folder = await temporaryFolder()
const set = await writeSmallSet(join(folder, 'set'), 20)
const config = await writeSmallNetwork(join(folder, 'small.json'))

/** 14 pictures in batches of 4: 11 steps in 3 epochs, which end after steps 4, 7 and 11. */
const request = (out: string, more: Partial<StartRequest> = {}) =>
  quickly(set, out, { config, split: 'train', validate: 'val', epochs: 3, snapshots: 2, ...more })

/** Trains until some step, and stops there as Ctrl-C does. */
function trainUntil(step: number, options: TrainRequest): Promise<TrainResult> {
  const controller = new AbortController()
  // Before the first step means: once the data is read. Earlier, there is no run yet that could be saved.
  const onEvent = (event: TrainEvent) => {
    if (event.type === 'data' && step === 0) controller.abort()
    if (event.type === 'step' && event.report.step === step) controller.abort()
  }
  return train({ ...options, signal: controller.signal, onEvent })
}

/** Goes on with a run, and keeps what was said. */
async function goOn(run: string, more: Partial<ResumeRequest> = {}) {
  const said: string[] = []
  const onEvent = onlyOn<TrainEvent, 'message'>('message', ({ message }) => said.push(message))
  return { said, result: await train({ resume: run, threads: 1, onEvent, ...more }) }
}

const whole = join(folder, 'whole')
await train(request(whole))

describe('a run that is stopped and resumed', () => {
  it.each([0, 2, 4, 6, 7, 10])(
    'after step %i ends byte for byte as one that was never stopped',
    async (step) => {
      const out = join(folder, `stopped-${step}`)
      const stopped = await trainUntil(step, request(out))
      expect(stopped).toMatchObject({ stopped: true, steps: step })
      const { result } = await goOn(out)
      expect(result).toMatchObject({ stopped: false, steps: 11 })
      expect(await runFiles(out)).toEqual(await runFiles(whole))
    },
  )

  it.each([4, 11])(
    'stopped while step %i is measured does not wait for the measuring, and makes up for it later',
    async (step) => {
      const out = join(folder, `measuring-${step}`)
      const stop = new AbortController()
      // The signal comes when the loop has gone on: by then it saves, and is about to measure.
      const onEvent = onlyOn<TrainEvent, 'step'>('step', ({ report }) => {
        if (report.step === step) setImmediate(() => stop.abort())
      })
      const stopped = await train(request(out, { signal: stop.signal, onEvent }))
      expect(stopped).toMatchObject({ stopped: true, steps: step })
      expect((await readMetrics(out)).map((line) => line.step)).toEqual(
        [4, 7].filter((earlier) => earlier < step),
      )
      const { result } = await goOn(out)
      expect(result).toMatchObject({ stopped: false, steps: 11 })
      expect(await runFiles(out)).toEqual(await runFiles(whole))
    },
  )

  it('stopped in the middle of an epoch writes no line for it and does not measure', async () => {
    const out = join(folder, 'in-the-middle')
    await trainUntil(6, request(out))
    const metrics = await readMetrics(out)
    expect(metrics.map(({ step }) => step)).toEqual([4])
    expect(JSON.parse(await readFile(join(out, 'summary.json'), 'utf8'))).toMatchObject({
      ...{ steps: 6, stopped: true, bestStep: 4 },
    })
  })

  it('that is told to stop before its data is read has not begun, and leaves nothing', async () => {
    const out = join(folder, 'not-begun')
    const signal = AbortSignal.abort()
    await expect(train(request(out, { signal }))).rejects.toMatchObject({ name: 'AbortError' })
    expect(await readdir(folder)).not.toContain('not-begun')
  })

  it('may be stopped again and again', async () => {
    const out = join(folder, 'often')
    await trainUntil(1, request(out))
    for (const step of [3, 5, 8]) await trainUntil(step, { resume: out, threads: 1 })
    await goOn(out)
    expect(await runFiles(out)).toEqual(await runFiles(whole))
  })
})

describe('a run that has ended', () => {
  it('takes no more step, says so, and stays as it is', async () => {
    const out = join(folder, 'ended')
    await cp(whole, out, { recursive: true })
    for (const more of [{}, { epochs: 3 }, { epochs: 1 }]) {
      const { said, result } = await goOn(out, more)
      expect(said).toEqual(['Already trained 3 epochs; give --epochs above 3 to go on.'])
      expect(result).toMatchObject({ steps: 11, stopped: false })
      expect(await runFiles(out)).toEqual(await runFiles(whole))
    }
  })

  it('goes on with more epochs: none stands twice, and the rest is validated too', async () => {
    const out = join(folder, 'longer')
    await cp(whole, out, { recursive: true })
    const { result } = await goOn(out, { epochs: 6 })
    expect(result.steps).toBe(21)
    const metrics = await readMetrics(out)
    expect(metrics.map(({ step }) => step)).toEqual([4, 7, 11, 14, 18, 21])
    expect(metrics.every(({ mAP50 }) => mAP50 !== null)).toBe(true)
    expect(JSON.parse(await readFile(join(out, 'config.json'), 'utf8')).budget).toEqual({
      epochs: 6,
    })
    expect(await readdir(join(out, 'snapshots'))).toContain('step-0000021.safetensors')
  })
})

describe('a folder in which a run was killed before its first checkpoint', () => {
  it('can be used again; --resume says how', async () => {
    const out = join(folder, 'unbegun')
    await mkdir(out)
    await cp(join(whole, 'config.json'), join(out, 'config.json'))
    await writeFile(join(out, '.4194305-0123abcd.tmp'), 'half a checkpoint')
    const refused = await goOn(out).catch((error: SingleshotError) => error)
    expect(refused).toMatchObject({
      code: 'E_MODEL_MISSING',
      remedy: expect.stringMatching(/without --resume/),
    })
    await train(request(out))
    expect(await runFiles(out)).toEqual(await runFiles(whole))
  })

  it('is told from one with a config.json of something else, which stays', async () => {
    const out = join(folder, 'foreign')
    await mkdir(out)
    await writeFile(join(out, 'config.json'), '{"port": 80}')
    await expect(train(request(out))).rejects.toMatchObject({ code: 'E_OUTPUT_EXISTS' })
    expect(await readFile(join(out, 'config.json'), 'utf8')).toBe('{"port": 80}')
  })
})

describe('a start that fails', () => {
  it.each([
    ['weights that are missing', { weights: join(folder, 'no.safetensors') }, 'E_MODEL_MISSING'],
    ['a validation split that is missing', { validate: 'valid' }, 'E_SPLIT_MISSING'],
    ['a setting out of range', { settings: { batch: 0 } }, 'E_CONFIG'],
    ['rates that freeze everything', { settings: { rates: { backbone: 0, head: 0 } } }, 'E_CONFIG'],
  ] as const)('because of %s leaves no folder behind', async (_, more, code) => {
    const out = join(folder, 'never')
    await expect(train(request(out, more))).rejects.toMatchObject({ code })
    expect(await readdir(folder)).not.toContain('never')
  })

  it('because of a picture can be repeated as it is once the picture is mended', async () => {
    const data = await writeSmallSet(join(folder, 'one-bad'), 20)
    const images = join(data, 'JPEGImages')
    const good = join(folder, 'good-pictures')
    await cp(images, good, { recursive: true })
    for (const name of await readdir(images)) await writeFile(join(images, name), 'no picture')
    const out = join(folder, 'mended')
    const asked = request(out, { data, validate: undefined })
    await expect(train(asked)).rejects.toMatchObject({ code: 'E_NO_IMAGES' })
    await rm(images, { recursive: true })
    await rename(good, images)
    expect(await train(asked)).toMatchObject({ steps: 11 })
  })
})

describe('data that changed since the run began', () => {
  it('may have moved: --data says where to, from then on', async () => {
    const out = join(folder, 'moving')
    const data = await writeSmallSet(join(folder, 'before'), 20)
    await trainUntil(2, request(out, { data }))
    const moved = join(folder, 'after')
    await rename(data, moved)
    await expect(goOn(out)).rejects.toMatchObject({ code: 'E_FOLDER_MISSING' })
    await trainUntil(0, { resume: out, data: moved, threads: 1 })
    expect((await goOn(out)).result).toMatchObject({ steps: 11, data: moved })
  })

  it('may have fewer pictures and objects, which is said', async () => {
    const out = join(folder, 'shrinking')
    const data = await writeSmallSet(join(folder, 'shrunk'), 20)
    await trainUntil(4, request(out, { data, validate: undefined }))
    const list = join(data, 'ImageSets', 'Main', 'train.txt')
    const ids = (await readFile(list, 'utf8')).trim().split('\n')
    await writeFile(list, ids.slice(1).join('\n'))
    const { said } = await goOn(out)
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(
      /^The data holds 13 pictures with \d+ objects now, 14 with \d+ before\. The run goes on/,
    )
  })

  it('may not have a further class: the error names it, and the way to learn it', async () => {
    const out = join(folder, 'growing')
    const data = await writeSmallSet(join(folder, 'grown'), 20)
    await trainUntil(4, request(out, { data }))
    const [id] = (await readFile(join(data, 'ImageSets', 'Main', 'train.txt'), 'utf8')).split('\n')
    await relabel(data, id!, annotationXml(`${id}.png`, [['zebra', 5, 5, 60, 50]]))
    await expect(goOn(out)).rejects.toMatchObject({
      code: 'E_RUN',
      message: expect.stringContaining('also zebra'),
      remedy: expect.stringContaining('--weights RUN'),
    })
  })
})
