/**
 * @file One contract for every long call: when its signal is given, it rejects with the signal's reason, and leaves no
 * file and no thread behind, at whatever moment that is.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterAll, describe, expect, it } from 'vitest'
import { ssdlite320 } from '../../src/config/ssdlite320.ts'
import { input } from '../../src/graph/tensor.ts'
import {
  detect,
  evaluate,
  exportModel,
  importWeights,
  loadModel,
  pull,
  train,
  writeShapes,
} from '../../src/index.ts'
import { initialWeights, Scope } from '../../src/network/scope.ts'
import { ssd } from '../../src/network/ssd.ts'
import { runBench } from '../../src/node/bench.ts'
import { readDetector } from '../../src/node/model.ts'
import { readLabelledPicture, traceWith } from '../../src/node/why.ts'
import { writeSafetensors } from '../../src/weights/safetensors/safetensors.ts'
import { abortedAtLook } from '../support/stopping-signal.ts'
import { file, serve } from './file-server.ts'
import { writeSmallNetwork } from './run-files.ts'
import { quickly, temporaryFolder, writeSmallSet } from './sets.ts'

const folder = await temporaryFolder()
const set = await writeSmallSet(join(folder, 'set'))
const config = await writeSmallNetwork(join(folder, 'small.json'))
const run = join(folder, 'run')
await train(quickly(set, run, { config, epochs: 1 }))
const model = await loadModel(run, { threads: 1 })
afterAll(() => model.close())
const scene = join(set, 'JPEGImages', '000000.png')
const { address } = await serve(file(new Uint8Array(50_000).fill(7)))
const foreign = await writeForeignWeights()

/** What torchvision's detector would save, with random weights. */
async function writeForeignWeights(): Promise<string> {
  const path = join(folder, 'foreign.safetensors')
  const scope = new Scope('evaluate')
  ssd(scope, input('images', [1, 3, 320, 320]), ssdlite320(['cat', 'dog']))
  const numbers = initialWeights(scope, 7)
  const tensors = new Map(
    [...scope.parameters, ...scope.statistics].map(({ name, tensor }) => [
      name,
      { shape: tensor.shape, data: numbers.get(name)! },
    ]),
  )
  await writeFile(path, writeSafetensors({ tensors, metadata: {} }))
  return path
}

async function why(signal: AbortSignal) {
  const { config, weights } = await readDetector(run)
  const { image, objects } = await readLabelledPicture(scene, { classes: config.classes, signal })
  return traceWith({ config, weights }, image, {
    objects: objects!,
    engine: { threads: 1 },
    signal,
  })
}

/** A call that takes a signal. @param out a path at which nothing is yet */
type Call = (signal: AbortSignal, out: string) => Promise<unknown>

const CALLS: Readonly<Record<string, Call>> = {
  loadModel: async (signal) => (await loadModel(run, { threads: 1, signal })).close(),
  detect: (signal) => detect(model, scene, { signal }),
  'detect, of a folder': async (signal) => {
    for await (const _ of detect(model, join(set, 'JPEGImages'), { signal }))
      signal.throwIfAborted()
  },
  evaluate: (signal) => evaluate(model, { data: set, signal }),
  exportModel: (signal, out) => exportModel({ model: run, format: 'onnx', out, signal }),
  importWeights: (signal, out) =>
    importWeights({ file: foreign, model: 'ssdlite320', out, signal }),
  writeShapes: (signal, out) => writeShapes(out, { scenes: 3, signal }),
  runBench: (signal) =>
    runBench({ mode: 'detect', input: { width: 96, height: 64 }, runs: 2, threads: 1, signal }),
  why,
  // No published file: it comes whole, and its checksum is refused.
  pull: (signal, out) =>
    pull({ name: 'resnet34', cache: out, mirror: String(address), signal }).catch((error) => {
      if (error.code !== 'E_CHECKSUM') throw error
    }),
  'train, before its first step': async (signal, out) => {
    await train(
      quickly(set, out, {
        ...{ config, signal, epochs: 1 },
        onEvent: ({ type }) => {
          if (type === 'step') throw new Error('begun')
        },
      }),
    ).catch((error) => {
      if (error.message !== 'begun') throw error
    })
  },
}

/** What came of a file is kept by its contract, and is the beginning of the next attempt. */
const KEPT: Readonly<Record<string, RegExp>> = { pull: /\.part$/ }

/** Threads that were started while a test ran. */
const workers = new Set<Worker>()
process.on('worker', (worker: Worker) => workers.add(worker))
const running = () => [...workers].filter(({ threadId }) => threadId !== -1).length

let runs = 0
/** A call in a folder of its own, and what it leaves there. */
async function inFolder(name: string, call: Call, signal: AbortSignal) {
  const own = join(folder, `call-${++runs}`)
  await mkdir(own)
  const before = running()
  const [outcome] = await Promise.allSettled([call(signal, join(own, 'out'))])
  const paths = await readdir(own, { recursive: true })
  const left = paths.filter((path) => path !== 'out' || KEPT[name] === undefined)
  return {
    outcome,
    threads: running() - before,
    left: left.filter((path) => !KEPT[name]?.test(path)),
  }
}

/** At most so many of the moments at which a call can be stopped. */
const MOMENTS = 4

describe.each(Object.entries(CALLS))('%s', (name, call) => {
  it('that is aborted before it is called rejects with the reason, and has done nothing', async () => {
    const reason = new Error('before')
    const stopped = await inFolder(name, call, AbortSignal.abort(reason))
    expect(stopped).toEqual({ outcome: { status: 'rejected', reason }, threads: 0, left: [] })
  })

  it('that is aborted while it is under way rejects with the reason, and leaves nothing', async () => {
    const whole = abortedAtLook(0, null)
    const { outcome } = await inFolder(name, call, whole.signal)
    expect(outcome).toMatchObject({ status: 'fulfilled' })
    const looks = whole.looks()
    expect(looks).toBeGreaterThan(1)
    const step = Math.max(1, Math.floor(looks / MOMENTS))
    for (let nth = 2; nth <= looks; nth += step) {
      const reason = new Error(`at look ${nth} of ${looks}`)
      const stopped = await inFolder(name, call, abortedAtLook(nth, reason).signal)
      expect(stopped).toEqual({ outcome: { status: 'rejected', reason }, threads: 0, left: [] })
    }
  })
})
