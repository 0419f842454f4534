/**
 * @file How fast training pictures are loaded when none is kept, beside sharp decoding them alone: in turns, in one run.
 * A command, not a test; run it after `npm run build`.
 *
 *     node bench/loader.js PICTURES [ROUNDS]
 *
 * Loader: files decoded, shrunk once, halved, each varied, normalised and matched, in batches of 16 for ssd300.
 * Sharp: the same files decoded to 300x300 and nothing else, as many at once.
 */
import { readdirSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { anchorsOf } from '../dist/anchor/model-anchors.js'
import { MILD_AUGMENTATION } from '../dist/augment/options.js'
import { ssd300 } from '../dist/config/ssd300.js'
import { createPictureCache } from '../dist/node/picture/picture-cache.js'
import { readImageSize } from '../dist/node/picture/read-image.js'
import { createBatches } from '../dist/train/batches.js'

const [folder = '.', rounds = '3'] = process.argv.slice(2)
const files = readdirSync(folder)
  .filter((name) => /\.(jpe?g|png)$/i.test(name))
  .map((name) => join(folder, name))
const examples = await Promise.all(
  files.map(async (imagePath) => ({
    id: imagePath,
    imagePath,
    size: await readImageSize(imagePath),
    objects: [{ box: { x1: 20, y1: 20, x2: 120, y2: 90 }, classId: 0, difficult: false }],
  })),
)
const config = ssd300(['thing'])
const anchors = anchorsOf(config)
const BATCH = 16
/** As many as the loader fetches at once. */
const AT_ONCE = 4

async function load() {
  const cache = createPictureCache({ inputSize: config.input, budget: 0 })
  const batches = createBatches({
    ...{ config, anchors, augment: MILD_AUGMENTATION, seed: 1, batch: BATCH, examples },
    pictures: (example) => cache.get(example),
  })
  const count = Math.ceil(examples.length / BATCH)
  // The next batch is fetched while the last one is computed, as a run does it.
  let next = batches.make(0)
  for (let number = 0; number < count; number++) {
    const batch = await next
    if (number + 1 < count) next = batches.make(number + 1)
    const { images, classTargets, offsetTargets } = batch
    batches.giveBack({ images, classTargets, offsetTargets })
  }
  return count * BATCH
}

async function decode() {
  const queue = files.values()
  const lane = async () => {
    for (const file of queue)
      await sharp(file, { autoOrient: true, failOn: 'error' })
        .resize({ width: 300, height: 300, fit: 'fill' })
        .removeAlpha()
        .toColourspace('srgb')
        .raw()
        .toBuffer()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return files.length
}

console.log(`${cpus()[0]?.model}, ${cpus().length} cores, ${files.length} pictures`)
await load()
await decode()
for (let round = 0; round < Number(rounds); round++)
  for (const [name, work] of Object.entries({ loader: load, sharp: decode })) {
    const start = performance.now()
    const count = await work()
    console.log(
      `${name.padEnd(8)} ${((count * 1000) / (performance.now() - start)).toFixed(0)} pictures per second`,
    )
  }
