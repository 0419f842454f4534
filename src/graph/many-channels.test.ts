import { afterAll, describe, expect, it } from 'vitest'
import { createEngine } from '../engine/node.ts'
import { createRandom } from '../random/random.ts'
import { differentiate } from './differentiate.ts'
import { toOnnx } from './onnx.ts'
import { type Conv2dOptions, conv2d, multiply, total } from './ops.ts'
import { elementCount, input, type Shape } from './tensor.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

/** x [N, I, H, W], w [O, I, k, k]. */
interface Case {
  readonly x: readonly [number, number, number, number]
  readonly w: readonly [number, number, number, number]
  readonly options?: {
    readonly padding?: number | [number, number, number, number]
    stride?: number
  }
}

/** What the engine says of dx and dw, and the numbers that it says it of. */
async function gradientsOf({ x, w, options = {} }: Case, values?: (shape: Shape) => Float32Array) {
  const random = createRandom(7)
  const draw = (shape: Shape) =>
    Float32Array.from({ length: elementCount(shape) }, () => random.between(-1, 1))
  const [pictures, weights] = [input('x', x), input('w', w)]
  const results = conv2d(pictures, weights, options as Conv2dOptions)
  const dy = input('dy', results.shape)
  const [dx, dw] = differentiate(total(multiply(results, dy)), [pictures, weights])
  const program = await engine.compile({
    bytes: toOnnx({ dx: dx!, dw: dw! }, { target: 'cpu' }),
  })
  const given = { x: draw(x), w: draw(w), dy: (values ?? draw)(dy.shape) }
  const shapes = { x, w, dy: dy.shape }
  const feeds = Object.fromEntries(
    Object.entries(given).map(([name, data]) => [
      name,
      { data: data.slice(), shape: shapes[name as 'x'] },
    ]),
  )
  const { outputs } = await program.run(feeds)
  await program.close()
  return { ...given, yShape: dy.shape, dx: outputs.dx!, dw: outputs.dw! }
}

/** The definition, pixel by pixel: every result hands its gradient to what it was made from. */
function byDefinition(
  { x: [n, i, height, width], w: [o, , k], options: { padding = 0, stride = 1 } = {} }: Case,
  given: { x: Float32Array; w: Float32Array; dy: Float32Array; yShape: Shape },
) {
  const dx = new Float64Array(n * i * height * width)
  const dw = new Float64Array(o * i * k * k)
  const [rows, columns] = [given.yShape[2]!, given.yShape[3]!]
  const [top, left] = typeof padding === 'number' ? [padding, padding] : padding
  for (let image = 0; image < n; image++)
    for (let to = 0; to < o; to++)
      for (let at = 0; at < rows * columns; at++) {
        const gradient = given.dy[(image * o + to) * rows * columns + at]!
        for (let from = 0; from < i; from++)
          for (let tap = 0; tap < k * k; tap++) {
            const row = Math.floor(at / columns) * stride + Math.floor(tap / k) - top
            const column = (at % columns) * stride + (tap % k) - left
            if (row < 0 || row >= height || column < 0 || column >= width) continue
            const pixel = ((image * i + from) * height + row) * width + column
            const weight = (to * i + from) * k * k + tap
            dx[pixel] = dx[pixel]! + gradient * given.w[weight]!
            dw[weight] = dw[weight]! + gradient * given.x[pixel]!
          }
      }
  return { dx, dw }
}

/** The largest difference, as a share of the largest value. */
function difference(got: Float32Array, wanted: Float64Array): number {
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return got.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i]!)), 0) / largest
}

describe('the gradients of a convolution of many channels', () => {
  it.each<[string, Case]>([
    ['3x3', { x: [2, 64, 8, 12], w: [64, 64, 3, 3], options: { padding: 1 } }],
    [
      '3x3, tiles beyond the edge',
      { x: [2, 64, 7, 9], w: [80, 64, 3, 3], options: { padding: 1 } },
    ],
    ['3x3 without padding', { x: [1, 64, 6, 11], w: [64, 64, 3, 3] }],
    [
      '3x3 on a map smaller than a tile',
      { x: [3, 64, 2, 3], w: [64, 64, 3, 3], options: { padding: 1 } },
    ],
    [
      '3x3 with uneven padding',
      { x: [1, 64, 5, 6], w: [64, 64, 3, 3], options: { padding: [2, 0, 1, 3] } },
    ],
    [
      '3x3 with stride',
      { x: [2, 64, 7, 9], w: [64, 64, 3, 3], options: { padding: 1, stride: 2 } },
    ],
    [
      '3x3 with stride on a large map',
      { x: [1, 4, 33, 25], w: [64, 4, 3, 3], options: { stride: 2 } },
    ],
    ['1x1 on a small map', { x: [3, 64, 2, 3], w: [80, 64, 1, 1] }],
    ['1x1 on a large map', { x: [2, 64, 9, 11], w: [80, 64, 1, 1] }],
  ])('are those of its definition: %s', async (_, spec) => {
    const given = await gradientsOf(spec)
    const wanted = byDefinition(spec, given)
    expect(difference(given.dx, wanted.dx)).toBeLessThan(1e-5)
    expect(difference(given.dw, wanted.dw)).toBeLessThan(1e-5)
  })

  it('hand one result of gradient 1 the weights and the pixels of its window', async () => {
    const spec: Case = { x: [1, 64, 6, 9], w: [64, 64, 3, 3], options: { padding: 1 } }
    const one = (shape: Shape) => {
      const dy = new Float32Array(elementCount(shape))
      dy[4 * 9 + 5] = 1 // channel 0, row 4, column 5
      return dy
    }
    const { x, w, dx, dw } = await gradientsOf(spec, one)
    // The window's first tap is at row 3, column 4 of the picture; channel 1 begins 6 x 9 pixels on.
    expect(dx[54 + 3 * 9 + 4]).toBeCloseTo(w[9]!, 5)
    expect(dw[9]).toBeCloseTo(x[54 + 3 * 9 + 4]!, 5)
    expect(dx[54 + 2 * 9 + 4]).toBeCloseTo(0, 5)
    expect(dw[64 * 9]).toBeCloseTo(0, 5)
  })
})
