/**
 * @file Trains the small model that comes with the explorer, on generated scenes, and puts it where the page finds
 * it: `node site/make-model.js [minutes]` after `npm run build`. Sixteen-bit weights and eight snapshots of how it
 * learned; the scores on scenes that were kept aside are in its notes.
 */
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FLIPS, NO_AUGMENTATION } from '../dist/augment/options.js'
import { LESSON_SCENES } from '../dist/dataset/scene-options.js'
import { evaluate, loadModel, train } from '../dist/index.js'
import { writeShapes } from '../dist/node/data/write-shapes.js'
import { readModelFile } from '../dist/node/model.js'
import { writeModel } from '../dist/weights/model-file.js'
import { readSafetensors } from '../dist/weights/safetensors/safetensors.js'

const minutes = Number(process.argv[2] ?? 12)
const target = new URL('./public/data/', import.meta.url).pathname
const work = await mkdtemp(join(tmpdir(), 'explorer-model-'))
const data = join(work, 'scenes')
const run = join(work, 'run')
await writeShapes(data, { scenes: 3000, seed: 7, scene: LESSON_SCENES })

// Half the channels of `tiny`: under 2 MB, and quick in a page.
const config = join(work, 'config.json')
const network = { name: 'tiny', channels: [12, 24, 40, 64, 64, 64], layers: [1, 2, 3, 3, 2, 1] }
await writeFile(config, JSON.stringify({ model: { network } }))
await train({
  ...{ data, out: run, config, minutes, split: 'trainval', snapshots: 8 },
  input: { width: 256, height: 192 },
  settings: { learningRate: 0.04 },
  augment: { ...NO_AUGMENTATION, flip: FLIPS.horizontal },
  onEvent: ({ type, message }) => type === 'message' && console.error(message),
})

const trained = await loadModel(run)
const scores = await evaluate(trained, { data })
await trained.close()
console.log(scores.measures)

/** The same model with 16-bit weights and its scores. */
async function halved(file) {
  const { config: model, weights, notes } = await readModelFile(file)
  const { tensors } = readSafetensors(await readFile(file), file)
  const shapes = new Map([...tensors].map(([name, { shape }]) => [name, shape]))
  const measures = Object.fromEntries(scores.measures.map(({ name, value }) => [name, value]))
  const story = { ...notes, ...measures, scenes: 'LESSON_SCENES, seed 7', minutes }
  return writeModel({ config: model, weights, notes: story }, shapes, { half: true })
}

await mkdir(join(target, 'snapshots'), { recursive: true })
await writeFile(join(target, 'model.safetensors'), await halved(join(run, 'best.safetensors')))
await rm(join(target, 'snapshots'), { recursive: true })
await cp(join(run, 'snapshots'), join(target, 'snapshots'), { recursive: true })

const lines = (await readFile(join(run, 'metrics.jsonl'), 'utf8')).trim().split('\n')
const manifest = JSON.parse(await readFile(join(target, 'manifest.json'), 'utf8'))
const story = {
  ...manifest,
  model: 'model.safetensors',
  snapshots: await Promise.all((await readdir(join(target, 'snapshots'))).sort().map(snapshotOf)),
  metrics: lines.map((line) => JSON.parse(line)),
}
await writeFile(join(target, 'manifest.json'), `${JSON.stringify(story, null, 2)}\n`)
await rm(work, { recursive: true })

async function snapshotOf(name) {
  const { notes } = await readModelFile(join(target, 'snapshots', name))
  const { epoch, step, classLoss, offsetLoss } = notes
  return { file: `snapshots/${name}`, epoch, step, classLoss, offsetLoss }
}
