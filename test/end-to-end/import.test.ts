import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ssdlite320 } from '../../src/config/ssdlite320.ts'
import { compileForDetection, type DetectionNetwork } from '../../src/detect/network.ts'
import { createEngine } from '../../src/engine/node.ts'
import { input } from '../../src/graph/tensor.ts'
import { detect, importWeights, loadModel } from '../../src/index.ts'
import { initialWeights, Scope } from '../../src/network/scope.ts'
import { ssd } from '../../src/network/ssd.ts'
import { sha256Of } from '../../src/node/fetch/checksum.ts'
import { findNameMap, theirName } from '../../src/weights/foreign/name-maps.ts'
import { readModel } from '../../src/weights/model-file.ts'
import { type StoredTensor, writeSafetensors } from '../../src/weights/safetensors/safetensors.ts'
import { commandIn, singleshotIn } from './run-command.ts'
import { temporaryFolder } from './sets.ts'

const folder = await temporaryFolder()
const singleshot = singleshotIn(folder)
const command = commandIn(folder)
const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

const SIDE = 320
const CLASSES = ['cat', 'dog', 'owl']
const namesFile = join(folder, 'names.txt')
await writeFile(namesFile, `${CLASSES.join('\n')}\n`)

/** What torchvision's detector for three classes would save, with random weights. */
const weights = makeWeights()
function makeWeights(): Map<string, StoredTensor> {
  const scope = new Scope('evaluate')
  ssd(scope, input('images', [1, 3, SIDE, SIDE]), ssdlite320(CLASSES))
  const numbers = initialWeights(scope, 7)
  const tensors = [...scope.parameters, ...scope.statistics]
  return new Map(
    tensors.map(({ name, tensor }) => [name, { shape: tensor.shape, data: numbers.get(name)! }]),
  )
}

let files = 0
/** Writes a state dict. @param change what is wrong with it @param prefix before every name */
async function saved(change: (dict: Map<string, StoredTensor>) => void, prefix = '') {
  const dict = new Map(weights)
  change(dict)
  const tensors = new Map([...dict].map(([name, tensor]) => [prefix + name, tensor]))
  const file = join(folder, `state-${++files}.safetensors`)
  await writeFile(file, writeSafetensors({ tensors, metadata: {} }))
  return { file, out: join(folder, `model-${files}.safetensors`) }
}
const importing = ({ file, out }: { file: string; out: string }, classes: string | null = null) =>
  importWeights({ file, out, model: 'ssdlite320', ...(classes !== null && { classes }) })

/** The network's answers on a picture of noise. */
async function answersOf({ program }: DetectionNetwork) {
  const data = Float32Array.from({ length: 3 * SIDE * SIDE }, (_, i) => Math.sin(i * i))
  const { outputs } = await program.run({ images: { data, shape: [1, 3, SIDE, SIDE] } })
  return outputs
}

describe("a detector's state dict", () => {
  it('detects as the network with the same weights does', async () => {
    const made = await saved((dict) => {
      const counted = { shape: [], data: Float32Array.of(9) }
      dict.set('backbone.features.0.0.1.num_batches_tracked', counted)
    }, 'module.')
    const result = await importing(made, namesFile)
    expect(result).toMatchObject({ kind: 'detector', read: weights.size, fresh: 0, leftOut: [] })
    const model = await loadModel(made.out, { threads: 1 })
    const numbers = new Map([...weights].map(([name, { data }]) => [name, data]))
    const direct = await compileForDetection(engine, ssdlite320(CLASSES), numbers)
    expect(model.classes).toEqual(CLASSES)
    const answers = await answersOf(model.network)
    expect(answers).toEqual(await answersOf(direct))
    expect(new Set(answers.offsets).size).toBeGreaterThan(1000)
    await model.close()
  })

  it('is remembered in the model: file, kind, checksum', async () => {
    const made = await saved(() => undefined)
    await importing(made)
    const model = await loadModel(made.out, { threads: 1 })
    expect(model.notes.importedFrom).toMatchObject({
      file: `state-${files}.safetensors`,
      kind: 'detector',
      published: null,
      sha256: sha256Of(await readFile(made.file)),
    })
    expect(model.classes).toEqual(['class 1', 'class 2', 'class 3'])
    const pixels = { width: 40, height: 30, data: new Uint8Array(40 * 30 * 3).fill(90) }
    expect(await detect(model, pixels)).toBeInstanceOf(Array)
    await model.close()
  })
})

describe("a classifier's state dict", () => {
  it('gives a backbone, even if its own last layers are not numbers', async () => {
    const map = findNameMap(['features.0.0.weight'])!
    const made = await saved((dict) => {
      dict.clear()
      for (const [ours, tensor] of weights) {
        const name = theirName(map, ours)
        if (name !== null) dict.set(name, tensor)
      }
      dict.set('classifier.3.bias', { shape: [2], data: Float32Array.of(Number.NaN, 1) })
    })
    const { kind, read, fresh } = await importing(made, namesFile)
    expect([kind, read + fresh]).toEqual(['backbone', weights.size])
    const model = readModel(await readFile(made.out), made.out)
    const name = 'backbone.features.1.0.1.0.weight'
    expect(model.weights.get(name)).toEqual(weights.get(name)!.data)
  })
})

describe('is refused, and no model is made:', () => {
  const NAME = 'backbone.features.1.2.block.1.1.running_var'
  const { shape, data } = weights.get(NAME)!

  it.each<[string, string, string, (dict: Map<string, StoredTensor>) => void]>([
    [
      'a tensor that is missing',
      'E_WEIGHTS_FIT',
      `1 missing: ${NAME} [480]`,
      (dict) => dict.delete(NAME),
    ],
    [
      'a tensor of another shape',
      'E_WEIGHTS_FIT',
      `1 of another shape: ${NAME} [1, 480] instead of [480]`,
      (dict) => dict.set(NAME, { shape: [1, 480], data }),
    ],
    [
      'a weight that is no number',
      'E_MODEL_FILE',
      `expected finite weights in ${NAME}, got NaN`,
      (dict) =>
        dict.set(NAME, { shape, data: data.map((value, i) => (i === 5 ? Number.NaN : value)) }),
    ],
    [
      'a head that is cut short',
      'E_WEIGHTS_FIT',
      'head.classification_head.module_list.0.1.bias [24] instead of',
      (dict) => {
        const bias = 'head.classification_head.module_list.0.1'
        dict.set(`${bias}.weight`, { shape: [25, 672, 1, 1], data: new Float32Array(25 * 672) })
      },
    ],
  ])('%s', async (_, code, message, change) => {
    const made = await saved(change)
    await expect(importing(made)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    })
    expect(existsSync(made.out)).toBe(false)
  })

  it('another number of names than the file has classes', async () => {
    const short = join(folder, 'short.txt')
    await writeFile(short, 'cat\ndog\n')
    await expect(importing(await saved(() => undefined), short)).rejects.toMatchObject({
      code: 'E_CLASS_LIST',
    })
  })

  it('a file that is not there', async () => {
    const made = { file: join(folder, 'none.pth'), out: join(folder, 'none.safetensors') }
    await expect(importing(made)).rejects.toMatchObject({ code: 'E_FILE_MISSING' })
  })

  it('an output that is there already', async () => {
    const { file } = await saved(() => undefined)
    await expect(importing({ file, out: namesFile })).rejects.toMatchObject({
      code: 'E_OUTPUT_EXISTS',
    })
    expect(await readFile(namesFile, 'utf8')).toContain('owl')
  })
})

describe('singleshot import', () => {
  it('prints the model, says how much was read, and how to go on', async () => {
    const { file } = await saved(() => undefined)
    const asked = ['import', file, '--model', 'ssdlite320', '--out', 'cli.safetensors']
    const { code, stdout, stderr } = await singleshot(asked)
    expect([code, stdout]).toEqual([0, 'cli.safetensors\n'])
    expect(stderr).toContain(`The file is a detector: ${weights.size} tensors read, 0 fresh.`)
    expect(stderr).toContain('3 classes and does not name them: they are called class 1 to class 3')
    expect(stderr).toContain('Next: singleshot detect --model cli.safetensors IMAGE')
  })

  it('writes one object with --json', async () => {
    const { file } = await saved(() => undefined)
    const asked = ['--model', 'ssdlite320', '--classes', namesFile, '--out', 'json.safetensors']
    const { stdout } = await command(['import', file, ...asked, '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      model: 'json.safetensors',
      classes: CLASSES,
      namesFrom: 'given',
      leftOut: [],
    })
  })

  it('says which network the file is of when it is of another one', async () => {
    const { file } = await saved((dict) => {
      dict.clear()
      dict.set('layer1.0.conv1.weight', { shape: [1], data: new Float32Array(1) })
    })
    const asked = [
      'import',
      file,
      '--model',
      'ssd300',
      '--classes',
      namesFile,
      '--out',
      'no.safetensors',
    ]
    const { code, stderr } = await command(asked)
    expect(code).toBe(65)
    expect(stderr).toContain('a VGG classifier for ssd300, got a ResNet classifier')
  })

  it.each([
    [['import', '--model', 'ssd300', '--out', 'x'], 'expected one weight FILE'],
    [['import', 'a.pth', '--out', 'x'], 'expected the option --model NAME'],
    [['import', 'a.pth', '--model', 'ssd300'], 'expected the option --out MODEL'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await command(args)
    expect(code).toBe(64)
    expect(stderr).toContain(message)
  })
})
