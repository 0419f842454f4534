import { afterAll, expect, test } from 'vitest'
import { tinyModel } from '../config/tiny.ts'
import { createEngine } from '../engine/node.ts'
import { input } from '../graph/tensor.ts'
import { createImage } from '../image/image.ts'
import { initialWeights, Scope } from '../network/scope.ts'
import { ssd } from '../network/ssd.ts'
import { detectImage } from './detect.ts'
import { compileForDetection } from './network.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

/** A network that has learned nothing, so that every picture gets its own meaningless boxes. */
async function freshNetwork() {
  const config = tinyModel(['cat', 'dog'], { width: 96, height: 64 })
  const scope = new Scope('evaluate')
  ssd(scope, input('images', [1, 3, 64, 96]), config)
  return compileForDetection(engine, config, initialWeights(scope, 1))
}

/** A picture of one colour, 120 x 90. */
function plain(brightness: number) {
  const picture = createImage({ width: 120, height: 90 })
  picture.data.fill(brightness)
  return picture
}

test('pictures that are detected at once do not share an input', async () => {
  const network = await freshNetwork()
  const pictures = [plain(0), plain(90), plain(255)]
  const alone = []
  for (const picture of pictures) alone.push((await detectImage(network, picture)).detections)
  const together = await Promise.all(pictures.map((picture) => detectImage(network, picture)))
  expect(together.map(({ detections }) => detections)).toEqual(alone)
  expect(alone[0]).not.toEqual(alone[1])
  await network.program.close()
})

test('a run fills the memory of the run before: the second one finds what the first one wrote', async () => {
  const network = await freshNetwork()
  const found: number[] = []
  const fill = (images: Float32Array) => {
    found.push(images[0]!)
    images.fill(7)
  }
  await network.look(fill)
  await network.look(fill)
  expect(found).toEqual([0, 7])
  await network.program.close()
})

test('boxes come out in pixels of the picture, within it, and options override the model', async () => {
  const network = await freshNetwork()
  const { detections } = await detectImage(network, plain(90), { maxDetections: 7 })
  expect(detections).toHaveLength(7)
  for (const { box } of detections) {
    expect(Math.min(box.x1, box.y1)).toBeGreaterThanOrEqual(0)
    expect(box.x2).toBeLessThanOrEqual(120)
    expect(box.y2).toBeLessThanOrEqual(90)
  }
  // Some box reaches beyond the input's 96 x 64 pixels: scaled to the picture, not left in the input's.
  expect(Math.max(...detections.map(({ box }) => box.x2))).toBeGreaterThan(96)
  await network.program.close()
})
