/**
 * @file A folder of many pictures through `for await (const found of detect(model, folder))`, beside one call of
 * `detect` per picture: pictures per second of both, in turns, and the memory at the start, in the middle and at the
 * end. A command, not a test; run it after `npm run build`.
 *
 *     node bench/detect-folder.js [PICTURES] [MODEL]
 *
 * Without a MODEL it takes the small one that ships with the explorer. The pictures are drawn once, into a folder of the
 * system's temporary files, and kept for the next time.
 */
import { mkdir, readdir } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { generateScene } from '../dist/core.js'
import { detect, loadModel } from '../dist/index.js'

const pictures = Number(process.argv[2] ?? 10_000)
const shipped = fileURLToPath(new URL('../site/public/data/model.safetensors', import.meta.url))
const folder = join(tmpdir(), `singleshot-bench-${pictures}`)
/** Each way has its share of the pictures in turns, so that a noisy machine is noisy to both. */
const TURN = 250
const options = { scoreThreshold: 0.5 }

/** Draws the pictures that are not there yet: scenes of 320 x 240, each its own. */
async function drawPictures() {
  await mkdir(folder, { recursive: true })
  const there = new Set(await readdir(folder))
  for (let i = 0; i < pictures; i++) {
    const name = `${String(i).padStart(6, '0')}.jpg`
    if (there.has(name)) continue
    const { image } = generateScene(1, i, { size: { width: 320, height: 240 } })
    const { width, height } = image
    await sharp(image.data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 85 })
      .toFile(join(folder, name))
  }
}

/** Megabytes that the process holds now, after what is garbage has gone if it can be told to go. */
function megabytes() {
  globalThis.gc?.()
  return Math.round(process.memoryUsage().rss / 1e6)
}

await drawPictures()
const model = await loadModel(process.argv[3] ?? shipped, { threads: 2 })
const paths = (await readdir(folder)).toSorted().map((name) => join(folder, name))
console.log(`${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node.js ${process.version}`)

console.log(`\nfor await over ${paths.length} pictures`)
/** @type {number[]} */
const rss = []
let objects = 0
const began = performance.now()
for await (const { index, detections } of detect(model, folder, options)) {
  objects += detections.length
  if (index % Math.ceil(paths.length / 20) === 0 || index === paths.length - 1)
    rss.push(megabytes())
}
const seconds = (performance.now() - began) / 1000
console.log(`  ${(paths.length / seconds).toFixed(1)} pictures per second, ${objects} objects`)
console.log(`  memory, MB, at every twentieth: ${rss.join(' ')}`)
const at = (/** @type {number} */ share) => rss[Math.round(share * (rss.length - 1))]
console.log(`  start ${at(0.05)}, middle ${at(0.5)}, end ${at(1)} MB`)

/** @type {Record<string, (some: string[]) => Promise<void>>} */
const ways = {
  'one call per picture': async (some) => {
    for (const path of some) await detect(model, path, options)
  },
  'for await': async (some) => {
    for await (const _ of detect(model, some, options));
  },
}
/** @type {Record<string, { rate: number, milliseconds: number }[]>} */
const turns = {}
for (let from = 0; from + TURN <= Math.min(paths.length, 12 * TURN); from += TURN)
  for (const [way, run] of Object.entries(ways)) {
    const [started, used] = [performance.now(), process.cpuUsage()]
    await run(paths.slice(from, from + TURN))
    const { user, system } = process.cpuUsage(used)
    const rate = TURN / ((performance.now() - started) / 1000)
    turns[way] = [...(turns[way] ?? []), { rate, milliseconds: (user + system) / 1000 / TURN }]
  }
console.log(`\nIn turns, ${TURN} pictures each: median (least to most)`)
for (const [way, all] of Object.entries(turns)) {
  const rates = describe(all.map(({ rate }) => rate))
  const milliseconds = describe(all.map(({ milliseconds }) => milliseconds))
  console.log(`  ${way.padEnd(22)}${rates} pictures per second`)
  console.log(`  ${''.padEnd(22)}${milliseconds} ms of processor time per picture`)
}
await model.close()

/** @param {number[]} values */
function describe(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const [least, middle, most] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map((i) =>
    sorted[i]?.toFixed(1),
  )
  return `${middle} (${least} to ${most})`
}
