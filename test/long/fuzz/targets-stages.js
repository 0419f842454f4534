/** @file Second stages: what was accepted is used. And the command line, end to end. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { built, fileOf, firstStage, SHIPPED_MODEL } from './built.js'
import { mutateBytes } from './mutate-bytes.js'
import { mutateJson } from './mutate-json.js'
import { configSeed, traceSeeds } from './targets-text.js'

/** @typedef {import('./built.js').Target} Target */

/** Exit code of "a bug in singleshot". */
const INTERNAL = 70
const COMMAND = fileURLToPath(new URL('../../../bin/singleshot.js', import.meta.url))
const SECONDS = 1000

/** The shipped model with another description. */
async function describedModel() {
  const { readSafetensors, writeSafetensors } = await built('weights/safetensors/safetensors.js')
  const { tensors, metadata } = readSafetensors(fileOf(SHIPPED_MODEL), 'seed')
  const description = JSON.parse(metadata.singleshot)
  const pack = (/** @type {unknown} */ value) =>
    writeSafetensors({ tensors, metadata: { format: 'pt', singleshot: JSON.stringify(value) } })
  return { description, pack }
}

/** @type {Target} */
const modelToDetect = {
  name: 'model → detect',
  cases: 600,
  prepare: async () => {
    const { detect } = await built('node/detect.js')
    const { loadModel } = await built('node/model.js')
    const { generateScene } = await built('dataset/shapes.js')
    const { description, pack } = await describedModel()
    const file = join(await mkdtemp(join(tmpdir(), 'fuzz-')), 'm.safetensors')
    const { image } = generateScene(1, 1)
    return async (random) => {
      await writeFile(file, pack(mutateJson(random, description)))
      const model = await loadModel(file, { threads: 1 })
      try {
        return await detect(model, image, { scoreThreshold: 0.01 })
      } finally {
        await model.close()
      }
    }
  },
}

/** @type {Target} */
const configToTraining = {
  name: 'config → training graph',
  cases: 3_000,
  prepare: async () => {
    const { buildStep } = await built('train/step.js')
    const { anchorsOf } = await built('anchor/model-anchors.js')
    const { seeds, apply } = await configSeed()
    return (random) => {
      const { base, patch } = random.pick(seeds)
      const { model, train } = firstStage(() => apply(base, mutateJson(random, patch), 'c.json'))
      anchorsOf(model)
      return buildStep(model, { ...train, target: 'cpu' })
    }
  },
}

/** @type {Target} */
const traceToWhy = {
  name: 'trace → why',
  cases: 6_000,
  prepare: async () => {
    const { readTrace } = await built('explain/trace.js')
    const { whyPicture } = await built('explain/why-picture.js')
    const { whyMissed } = await built('explain/why.js')
    const seeds = await traceSeeds()
    return (random) => {
      const trace = firstStage(() => readTrace(mutateJson(random, random.pick(seeds)), 't.json'))
      whyPicture(trace)
      const { width, height } = trace.picture
      return whyMissed(trace, { box: { x1: 0, y1: 0, x2: width, y2: height } })
    }
  },
}

/** @type {Target} */
const commandLine = {
  name: 'command line',
  cases: 50,
  prepare: async () => {
    const { generateScene } = await built('dataset/shapes.js')
    const { encodePng } = await built('node/picture/write-image.js')
    const { description, pack } = await describedModel()
    const folder = await mkdtemp(join(tmpdir(), 'fuzz-'))
    const [model, picture] = [join(folder, 'm.safetensors'), join(folder, 'p.png')]
    const png = Uint8Array.from(await encodePng(generateScene(1, 1).image))
    return async (random) => {
      const broken = random.chance(0.5)
      await writeFile(model, broken ? pack(mutateJson(random, description)) : pack(description))
      await writeFile(picture, broken ? png : mutateBytes(random, png))
      const args = [COMMAND, 'detect', '--model', model, picture, '--json']
      const { status, signal, stderr } = spawnSync(process.execPath, args, {
        encoding: 'utf8',
        timeout: 20 * SECONDS,
      })
      if (status === null || status === INTERNAL)
        throw new Error(`exit ${status} ${signal}: ${stderr}`)
      if (status !== 0) firstStage(() => refuse(stderr))
      return status
    }
  },
}

/** @param {string} text */
function refuse(text) {
  throw Object.assign(new Error(text), { name: 'SingleshotError', code: 'E_REFUSED' })
}

/** @type {readonly Target[]} */
export const STAGE_TARGETS = [modelToDetect, configToTraining, traceToWhy, commandLine]
