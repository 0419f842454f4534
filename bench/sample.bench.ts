/**
 * @file How long one training image takes to draw. Run by hand: `node bench/sample.bench.ts` (Node 22.18 or
 * newer reads TypeScript). One thread; the median of many runs. The aim is 1.5 ms at 320x240.
 */
import { IDENTITY_COLOURS } from '../src/image/colour-matrix.ts'
import { createImage } from '../src/image/image.ts'
import { buildPyramid } from '../src/image/pyramid.ts'
import { sampleInto } from '../src/image/sample.ts'
import { imageToInput } from '../src/image/to-input.ts'
import { invertTransform, windowTransform } from '../src/image/transform.ts'

const RUNS = 200

function median(name: string, work: () => void): void {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  }).sort((a, b) => a - b)
  console.log(`${name.padEnd(52)} ${times[RUNS / 2]!.toFixed(2)} ms`)
}

const image = createImage({ width: 640, height: 480 })
image.data.forEach((_, i) => {
  image.data[i] = (i * 7919) >> 3
})
const pyramid = buildPyramid(image, 4)
const size = { width: 320, height: 240 }
const output = new Float32Array(3 * 320 * 240)
const draw = (x1: number, y1: number, x2: number, y2: number) => {
  const map = invertTransform(windowTransform({ x1, y1, x2, y2 }, size))
  sampleInto(pyramid, { map, colour: IDENTITY_COLOURS, fill: [124, 117, 104] }, output, 0, size)
}

median('sampleInto 320x240, a crop of half the sides', () => draw(100, 80, 420, 320))
median('sampleInto 320x240, a crop of nine tenths', () => draw(10, 10, 586, 442))
median('sampleInto 320x240, the whole of 640x480', () => draw(0, 0, 640, 480))
median('sampleInto 320x240, zoomed out twice', () => draw(-320, -240, 960, 720))
median('sampleInto 320x240, a crop enlarged three times', () => draw(100, 80, 207, 160))
median('buildPyramid 640x480', () => buildPyramid(image, 4))
median('imageToInput 320x240 from 640x480', () =>
  imageToInput(image, size, { mean: [127.5, 127.5, 127.5], std: [127.5, 127.5, 127.5] }, output),
)
