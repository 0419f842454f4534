/** @file Targets that read binary files: models, weights of other programs, pictures. */
import { built, fileOf, SHIPPED_MODEL } from './built.js'
import { mutateBytes, withoutChecksum } from './mutate-bytes.js'
import { mutateJson } from './mutate-json.js'

/** @typedef {import('./built.js').Target} Target */

const ZIPS = ['checkpoint', 'training-multistep', 'training-cosine'].map(
  (name) => `test/parity/${name}.pth`,
)
const LEGACY = ['checkpoint-legacy', 'training-multistep-legacy'].map(
  (name) => `test/parity/${name}.pth`,
)

/**
 * A small model file: the shipped one's description with weights of a few numbers, so that mutants meet the header.
 * @returns {Promise<{ seed: Uint8Array, pack: (description: unknown) => Uint8Array, description: any }>}
 */
export async function smallModel() {
  const { readSafetensors, writeSafetensors } = await built('weights/safetensors/safetensors.js')
  const shipped = readSafetensors(fileOf(SHIPPED_MODEL), 'seed')
  const tensors = new Map([...shipped.tensors].slice(0, 3))
  const pack = (/** @type {unknown} */ description) =>
    writeSafetensors({
      tensors,
      metadata: { format: 'pt', singleshot: JSON.stringify(description) },
    })
  const description = JSON.parse(shipped.metadata.singleshot)
  return { seed: pack(description), pack, description }
}

/** @type {Target} */
const modelFile = {
  name: 'model file',
  cases: 100_000,
  prepare: async () => {
    const { readModel } = await built('weights/model-file.js')
    const { seed, pack, description } = await smallModel()
    return (random) =>
      readModel(
        random.chance(0.5) ? mutateBytes(random, seed) : pack(mutateJson(random, description)),
        'm.safetensors',
      )
  },
}

/** @type {Target} */
const safetensors = {
  name: 'safetensors',
  cases: 100_000,
  prepare: async () => {
    const { readWeights } = await built('weights/read-weights.js')
    const { writeSafetensors } = await built('weights/safetensors/safetensors.js')
    const data = Float32Array.of(1, 2, 3, 4, 5, 6)
    const tensors = new Map([
      ['a.weight', { shape: [2, 3], data }],
      ['b', { shape: [], data: data.slice(0, 1) }],
      ['empty', { shape: [0, 4], data: new Float32Array(0) }],
    ])
    const seed = writeSafetensors({ tensors, metadata: { format: 'pt' } })
    return (random) => readWeights(mutateBytes(random, seed), 'w.safetensors')
  },
}

/**
 * @param {string} name
 * @param {() => { bytes: Uint8Array, range?: { begin: number, end: number } }[]} seedsOf
 * @returns {Target}
 */
function pytorch(name, seedsOf) {
  return {
    name,
    cases: 100_000,
    prepare: async () => {
      const { readWeights } = await built('weights/read-weights.js')
      const { isNeeded } = await built('weights/foreign/name-maps.js')
      const seeds = seedsOf()
      return (random) => {
        const { bytes, range } = random.pick(seeds)
        const other = random.pick(seeds).bytes
        const inside = range !== undefined && random.chance(0.6)
        const options = { opcodes: true, other, ...(inside && { range }) }
        return readWeights(mutateBytes(random, bytes, options), 'w.pth', { keep: isNeeded })
      }
    },
  }
}

/** @type {Target} */
const pictures = {
  name: 'pictures',
  cases: 40_000,
  prepare: async () => {
    const { default: sharp } = await import('sharp')
    const { toImage } = await built('node/detect.js')
    const pixels = Buffer.from(Array.from({ length: 24 * 16 * 3 }, (_, i) => (i * 37) % 256))
    const raw = () => sharp(pixels, { raw: { width: 24, height: 16, channels: 3 } })
    const seeds = await Promise.all([
      raw().png().toBuffer(),
      raw().png({ palette: true }).toBuffer(),
      raw().jpeg().toBuffer(),
      raw()
        .jpeg({ progressive: true })
        .withExif({ IFD0: { Copyright: 'x' } })
        .toBuffer(),
      raw().webp().toBuffer(),
      raw().gif().toBuffer(),
      raw().tiff().toBuffer(),
      raw().avif().toBuffer(),
    ])
    return (random) => {
      const seed = Uint8Array.from(random.pick(seeds))
      return toImage(mutateBytes(random, seed, { other: Uint8Array.from(random.pick(seeds)) }))
    }
  },
}

/** @type {readonly Target[]} */
export const FILE_TARGETS = [
  modelFile,
  safetensors,
  pytorch('.pth zip', () => ZIPS.map((path) => withoutChecksum(fileOf(path)))),
  pytorch('.pth legacy', () => LEGACY.map((path) => ({ bytes: fileOf(path) }))),
  pictures,
]
