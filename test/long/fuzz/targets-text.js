/** @file Targets that read texts and values: annotations, traces, config files, lists of classes. */
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { built } from './built.js'
import { mutateJson, mutateText } from './mutate-json.js'

/** @typedef {import('./built.js').Target} Target */

const XML = `<?xml version="1.0"?>
<!-- one picture -->
<annotation verified="yes">
  <filename>a&amp;b.jpg</filename>
  <size><width>64</width><height>48</height><depth>3</depth></size>
  <object><name>cat</name><difficult>0</difficult>
    <bndbox><xmin>1</xmin><ymin>2</ymin><xmax>30.5</xmax><ymax>40</ymax></bndbox>
    <part><name>head</name><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>9</xmax><ymax>9</ymax></bndbox></part>
  </object>
  <object><name><![CDATA[dog]]></name>
    <bndbox><ymax>40</ymax><xmax>60</xmax><ymin>5</ymin><xmin>31</xmin></bndbox></object>
</annotation>
`

const CONFIG = {
  model: {
    network: { layers: [1, 1, 1, 1, 1, 1] },
    input: { width: 96, height: 64 },
    featureMaps: [
      { stride: 8, sizes: [20, 28], aspectRatios: [1, 2] },
      { stride: 16, scale: 0.3, nextScale: 0.5, aspectRatios: [2] },
      {
        stride: 64,
        zooms: [1, 1.3],
        shapes: [
          [1, 1],
          [1, 0.5],
        ],
      },
    ],
    boxCoder: { name: 'log', offsetScale: [0.1, 0.1, 0.2, 0.2] },
    match: { matchIouThreshold: 0.5, matcher: 'bipartite' },
    loss: { classLoss: { name: 'focal', alpha: 0.25, gamma: 2 }, offsetLoss: { name: 'giou' } },
    detect: { scoreThreshold: 0.01, maxDetections: 100 },
  },
  train: {
    batch: 2,
    optimiser: 'adamw',
    learningRate: 0.01,
    rates: { backbone: 0.1 },
    warmupSteps: 3,
  },
}

/** What a config file is applied to, and one that changes every kind of thing. */
export async function configSeed() {
  const { describePreset } = await built('config/presets.js')
  const { TRAIN_DEFAULTS } = await built('config/train.js')
  const { applyConfig } = await built('config/config-file.js')
  const baseOf = (/** @type {string} */ name) => ({
    model: describePreset(name, ['cat', 'dog']),
    train: TRAIN_DEFAULTS,
  })
  const tiny = { base: baseOf('tiny'), patch: CONFIG }
  // The maps of the other networks are their own.
  const { match, loss, boxCoder, detect } = CONFIG.model
  const patch = { model: { match, loss, boxCoder, detect }, train: CONFIG.train }
  const others = ['ssdlite320', 'ssd300', 'lesson9'].map((name) => ({ base: baseOf(name), patch }))
  return { tiny, seeds: [tiny, tiny, ...others], apply: applyConfig }
}

/** Traces of a picture by hand-made answers; what stands in them is told of a detector's. */
export async function traceSeeds() {
  const { handMadeModel, traceByHand } = await built('explain/hand-made.js')
  const picture = { width: 160, height: 120 }
  const box = { x1: 40, y1: 0, x2: 80, y2: 60 }
  const answers = [
    { anchor: 1, chances: [0.75, 0.125] },
    { anchor: 2, chances: [0.2, 0.7], box: [22, 0, 42, 20] },
    { anchor: 5, chances: [0.6, 0.1], box: [21, 0, 41, 20] },
    { anchor: 7, chances: [0.05, 0.02] },
  ]
  const limits = { scoreThreshold: 0.1, nmsIouThreshold: 0.45, maxCandidates: 1, maxDetections: 2 }
  const objects = [
    { box, classId: 0 },
    { box: { x1: 90, y1: 60, x2: 120, y2: 118 }, classId: 1 },
  ]
  const traces = [
    await traceByHand({ config: handMadeModel(), picture, answers, objects }),
    await traceByHand({ config: handMadeModel(), picture, answers }),
    await traceByHand({ config: handMadeModel({ detect: limits }), picture, answers, objects }),
  ]
  return traces.map((trace) => JSON.parse(JSON.stringify(trace)))
}

/** @type {readonly Target[]} */
export const TEXT_TARGETS = [
  {
    name: 'VOC XML',
    cases: 100_000,
    prepare: async () => {
      const { parseVocXml } = await built('dataset/voc-xml.js')
      return (random) => parseVocXml(mutateText(random, XML), 'a.xml')
    },
  },
  {
    name: 'trace JSON',
    cases: 100_000,
    prepare: async () => {
      const { readTrace } = await built('explain/trace.js')
      const seeds = await traceSeeds()
      return (random) => readTrace(mutateJson(random, random.pick(seeds)), 't.json')
    },
  },
  {
    name: 'config (object)',
    cases: 100_000,
    prepare: async () => {
      const { seeds, apply } = await configSeed()
      return (random) => {
        const { base, patch } = random.pick(seeds)
        return apply(base, mutateJson(random, patch), 'c.json')
      }
    },
  },
  {
    name: 'config (file)',
    cases: 100_000,
    prepare: async () => {
      const { applyConfigFile } = await built('node/files/read-config.js')
      const { base, patch } = (await configSeed()).tiny
      const file = join(await mkdtemp(join(tmpdir(), 'fuzz-')), 'c.json')
      const seed = JSON.stringify(patch, null, 1)
      return async (random) => {
        await writeFile(file, mutateText(random, seed))
        return applyConfigFile(base, file)
      }
    },
  },
  {
    name: 'class list',
    cases: 100_000,
    prepare: async () => {
      const { readClassList } = await built('node/files/class-list.js')
      const file = join(await mkdtemp(join(tmpdir(), 'fuzz-')), 'names.txt')
      return async (random) => {
        await writeFile(file, mutateText(random, '\ufeffcat\ndog\r\n\nfire hydrant\n'))
        return readClassList(file)
      }
    },
  },
]
