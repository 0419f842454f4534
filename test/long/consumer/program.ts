/**
 * The whole library in one program: draws a labelled set, trains on it, stops half-way, goes on from there, and
 * detects in a folder of images. Then everything is closed and the process ends by itself.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Detection, detect, loadModel, train, writeShapes } from 'singleshot'

const [folder = 'work'] = process.argv.slice(2)
const data = join(folder, 'scenes')
const out = join(folder, 'run')
const size = { width: 96, height: 72 }

await writeShapes(data, { scenes: 16, scene: { size, count: [1, 3] } })

const half = new AbortController()
const stopped = await train({
  data,
  out,
  input: size,
  epochs: 6,
  settings: { batch: 4 },
  signal: half.signal,
  onEvent: (event) => {
    if (event.type === 'step' && event.report.progress >= 0.5) half.abort()
  },
})
console.log(`stopped: ${stopped.stopped}, ${stopped.steps} steps`)

const finished = await train({ resume: out })
console.log(`stopped: ${finished.stopped}, ${finished.steps} steps`)

const model = await loadModel(out)
const images = join(data, 'JPEGImages')
for (const name of await readdir(images)) {
  const found: Detection[] = await detect(model, join(images, name), { scoreThreshold: 0.01 })
  console.log(`${name}: ${found.length} found`)
}
await model.close()
