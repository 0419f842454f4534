import { describe, expect, it } from 'vitest'
import { noCapabilities } from '../../test/support/capabilities.ts'
import { NO_AUGMENTATION } from '../augment/options.ts'
import { disposable } from '../call/disposable.ts'
import type { ModelConfig } from '../config/model.ts'
import { tinyModel } from '../config/tiny.ts'
import { TRAIN_DEFAULTS } from '../config/train-defaults.ts'
import type { Example } from '../dataset/dataset.ts'
import type { Engine, Program, ProgramSource } from '../engine/engine.ts'
import { createImage } from '../image/image.ts'
import { buildPyramid } from '../image/pyramid.ts'
import { IDENTITY } from '../image/transform.ts'
import { runTraining } from './loop.ts'
import type { EpochReport, Pause, StepReport } from './report.ts'
import type { RunOptions } from './run-options.ts'
import { learningRateAt, progressOf } from './schedule.ts'

const size = { width: 48, height: 32 }
const config: ModelConfig = {
  ...tinyModel(['cat', 'dog'], size),
  network: { name: 'tiny', channels: [4, 4, 6], layers: [1, 1, 1] },
  featureMaps: [{ stride: 8, sizes: [16], aspectRatios: [1, 2] }],
}
const examples: Example[] = [0, 1, 2, 3, 4, 5, 6].map((i) => ({
  ...{ id: `e${i}`, imagePath: '', size },
  objects: [{ box: { x1: 4, y1: 3, x2: 30, y2: 28 }, classId: 0, difficult: false }],
}))
const picture = {
  pyramid: buildPyramid(createImage(size), 1),
  scale: IDENTITY,
}

/** An engine that computes nothing: the loss of a step is its number. */
function countingEngine(changes: Partial<Omit<Program, typeof Symbol.asyncDispose>> = {}) {
  const calls: string[] = []
  let steps = 0
  const program: Program = disposable({
    run: async (feeds: Parameters<Program['run']>[0]) => {
      calls.push('run')
      const scalar = Float32Array.of(++steps)
      const outputs = {
        classLoss: scalar,
        offsetLoss: scalar,
        positives: scalar,
        gradientNorm: scalar,
      }
      const returned = Object.fromEntries(
        Object.entries(feeds).map(([name, { data }]) => [name, data]),
      )
      return { outputs, integers: {}, returned, milliseconds: 1 }
    },
    readState: async () => new Map(),
    writeState: async () => undefined,
    close: async () => {
      calls.push('close')
    },
    ...changes,
  })
  const engine: Engine = disposable({
    capabilities: noCapabilities,
    compile: async (_: ProgramSource) => program,
    close: async () => undefined,
  })
  return { engine, calls }
}

/** Seven pictures in batches of three: epochs end after steps 3, 5, 7. */
const options = (engine: Engine, more: Partial<RunOptions> = {}): RunOptions => ({
  ...{ engine, config, examples, augment: NO_AUGMENTATION, budget: { epochs: 3 } },
  train: { ...TRAIN_DEFAULTS, batch: 3 },
  pictures: async () => picture,
  ...more,
})

describe('runTraining(options)', () => {
  it('tells of every epoch with the means over its steps, and of every step with its own learning rate', async () => {
    const { engine, calls } = countingEngine()
    const steps: StepReport[] = []
    const epochs: EpochReport[] = []
    const onEpoch = async (report: EpochReport) => void epochs.push(report)
    await runTraining(options(engine, { onStep: (report) => steps.push(report), onEpoch }))
    expect(epochs.map(({ step }) => step)).toEqual([3, 5, 7])
    // Of the losses 1 2 3, 4 5 and 6 7.
    expect(epochs.map(({ losses }) => losses.classLoss)).toEqual([2, 4.5, 6.5])
    expect(epochs.map(({ finished }) => finished)).toEqual([false, false, true])
    const rates = [0, 1, 2, 3, 4, 5, 6].map((step) => {
      const pace = { images: 7, batch: 3 }
      const progress = progressOf({ epochs: 3 }, pace, { step, seconds: 0 })
      return learningRateAt(TRAIN_DEFAULTS, progress, step)
    })
    expect(steps.map(({ learningRate }) => learningRate)).toEqual(rates)
    expect(epochs.at(-1)!.learningRate).toBe(rates.at(-1))
    expect(calls).toEqual([...Array(7).fill('run'), 'close'])
  })

  it('pauses between the steps of an epoch, with their sums, and says when it stops', async () => {
    const { engine } = countingEngine()
    const controller = new AbortController()
    const pauses: Pause[] = []
    const epochs: number[] = []
    const summary = await runTraining(
      options(engine, {
        signal: controller.signal,
        onStep: ({ step }) => step === 4 && controller.abort(),
        onPause: async (pause) => void pauses.push(pause),
        onEpoch: async ({ step }) => void epochs.push(step),
      }),
    )
    expect(pauses.map(({ step, stopping }) => [step, stopping])).toEqual([
      ...[1, 2].map((step) => [step, false]),
      [4, true],
    ])
    expect(pauses.map(({ partial }) => [partial.count, partial.sums.classLoss])).toEqual([
      ...[
        [1, 1],
        [2, 3],
      ],
      [1, 4],
    ])
    expect(epochs).toEqual([3])
    expect(summary).toMatchObject({ steps: 4, stopped: true })
  })

  it('makes one step of as many batches as it is told, and counts their pictures', async () => {
    const { engine, calls } = countingEngine()
    const steps: StepReport[] = []
    const train = { ...TRAIN_DEFAULTS, batch: 2, accumulate: 3 }
    await runTraining(options(engine, { train, onStep: (report) => steps.push(report) }))
    // 21 pictures, six per step.
    expect(steps.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4].map((step) => (step * 6) / 7))
    // Three looks at a batch and one move of the weights per step: the losses are means of the looks.
    expect(steps.map(({ classLoss }) => classLoss)).toEqual([2, 6, 10, 14])
    expect(steps.map(({ gradientNorm }) => gradientNorm)).toEqual([4, 8, 12, 16])
    expect(calls).toEqual([...Array(16).fill('run'), 'close', 'close'])
  })

  it('closes the program when its first state cannot be put in place', async () => {
    const writeState = () => Promise.reject(new Error('no room'))
    const { engine, calls } = countingEngine({ writeState })
    await expect(runTraining(options(engine))).rejects.toThrow('no room')
    expect(calls).toEqual(['close'])
  })

  it('prepares nothing any more once it has ended, also when a step fails', async () => {
    for (const run of [undefined, () => Promise.reject(new Error('engine'))]) {
      const { engine } = countingEngine(run && { run })
      let under = 0
      const pictures = async () => {
        under++
        for (let i = 0; i < 50; i++) await Promise.resolve()
        under--
        return picture
      }
      await runTraining(options(engine, { pictures })).catch((error) => {
        expect(error.message).toBe('engine')
      })
      expect(under).toBe(0)
    }
  })

  it('lets what was learned be saved before a picture that cannot be read ends it', async () => {
    const { engine } = countingEngine()
    const pauses: [number, boolean][] = []
    const pictures = async ({ id }: Example) => {
      if (id === 'e6' && pauses.length > 0) throw new Error('cut short')
      return picture
    }
    const onPause = async ({ step, stopping }: Pause) => void pauses.push([step, stopping])
    await expect(runTraining(options(engine, { pictures, onPause }))).rejects.toThrow('cut short')
    expect(pauses.at(-1)![1]).toBe(true)
  })

  it('refuses rates that freeze every part, before anything is compiled', async () => {
    const { engine } = countingEngine()
    const compile = () => Promise.reject(new Error('compiled'))
    const train = { ...TRAIN_DEFAULTS, rates: { backbone: 0, head: 0 } }
    await expect(runTraining(options({ ...engine, compile }, { train }))).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringContaining('expected a rate above 0'),
    })
  })
})
