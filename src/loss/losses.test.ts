import { afterAll, describe, expect, it } from 'vitest'
import { gradientError } from '../../test/support/finite-differences.ts'
import { generateAnchors } from '../anchor/anchors.ts'
import { type CoderChoice, decoder, SSD_BOX_CODER } from '../coder/coders.ts'
import { decodeCorners } from '../coder/decode-graph.ts'
import { createEngine } from '../engine/node.ts'
import { toOnnx } from '../graph/onnx.ts'
import { cast, reshape, total } from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'
import { type LossConfig, multiboxLoss } from './multibox.ts'
import { oneLessGiou } from './offset/giou.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

/** Three anchors of 12 x 8 in a row, on an input of 48 x 24. */
const anchors = generateAnchors([
  { gridWidth: 3, gridHeight: 1, strideX: 16, strideY: 24, shapes: [{ width: 12, height: 8 }] },
])
const geometryOf = (boxCoder: CoderChoice) => ({
  anchors,
  boxCoder,
  input: { width: 48, height: 24 },
})
const CODERS: CoderChoice[] = [SSD_BOX_CODER, { name: 'tanh' }]

async function numbersOf(tensor: Tensor): Promise<number[]> {
  const program = await engine.compile({ bytes: toOnnx({ y: tensor }) })
  const { outputs } = await program.run({})
  await program.close()
  return [...outputs.y!]
}

/** Loss of one image: three anchors, two classes, the first anchor positive for class 1. */
async function lossesOf(config: Partial<LossConfig>, logits: number[], offsets: number[]) {
  const { classLoss, offsetLoss } = multiboxLoss(
    { logits: constant(logits, [1, 3, 3]), offsets: constant(offsets, [1, 3, 4]) },
    {
      classTargets: classTargets(),
      offsetTargets: constant(new Float32Array(12), [1, 3, 4]),
    },
    {
      classLoss: { name: 'binary' },
      offsetLoss: { name: 'l1' },
      offsetWeight: 1,
      per: 'image',
      ...config,
    },
    geometryOf({ name: 'tanh' }),
  )
  return {
    classLoss: (await numbersOf(classLoss))[0]!,
    offsetLoss: (await numbersOf(offsetLoss))[0]!,
  }
}

/** int32 [1, 3]: class 1, background, background. */
function classTargets(): Tensor {
  return cast(constant([1, 0, 0], [1, 3]), 'int32')
}

describe('the binary class loss', () => {
  it('asks one question a class, of every anchor: six answers of ln 2, by two classes and one image', async () => {
    const { classLoss } = await lossesOf({}, new Array(9).fill(0), new Array(12).fill(0))
    expect(classLoss).toBeCloseTo((6 * Math.LN2) / 2, 5)
  })

  it('does not look at the background column', async () => {
    const logits = [9, 0, 0, -9, 0, 0, 5, 0, 0]
    const { classLoss } = await lossesOf({}, logits, new Array(12).fill(0))
    expect(classLoss).toBeCloseTo((6 * Math.LN2) / 2, 5)
  })

  it('of logits of a thousand is finite: a thousand for one wrong answer, by two classes', async () => {
    const logits = [0, -1000, -1000, 0, -1000, -1000, 0, -1000, -1000]
    const { classLoss } = await lossesOf({}, logits, new Array(12).fill(0))
    expect(classLoss).toBeCloseTo(500, 3)
  })
})

describe('the focal class loss', () => {
  it('weighs yes by alpha, no by 1 - alpha, and each by (1 - p) to the gamma', async () => {
    // p = 1/2 everywhere: one yes of .25 · .5² · ln 2 and five noes of .75 · .5² · ln 2.
    const classLoss = { name: 'focal', alpha: 0.25, gamma: 2 } as const
    const losses = await lossesOf({ classLoss }, new Array(9).fill(0), new Array(12).fill(0))
    expect(losses.classLoss).toBeCloseTo(((0.25 + 5 * 0.75) * 0.25 * Math.LN2) / 2, 5)
  })

  it('with gamma 0 and alpha 1/2 is half the binary loss', async () => {
    const logits = [0, 1, -2, 0, 3, 0.5, 0, -1, -1]
    const focal = { name: 'focal', alpha: 0.5, gamma: 0 } as const
    const { classLoss: half } = await lossesOf({ classLoss: focal }, logits, new Array(12).fill(0))
    const { classLoss: whole } = await lossesOf({}, logits, new Array(12).fill(0))
    expect(half).toBeCloseTo(whole / 2, 5)
  })
})

describe('the offset losses that compare boxes', () => {
  it('l1 is the mean difference of four sides in fractions of the input', async () => {
    // tanh(atanh(.5)) / 2 = a quarter cell = 4 px of 48: both x sides move by 1/12, the y sides by none.
    const offsets = [Math.atanh(0.5), 0, 0, 0, ...new Array(8).fill(3)]
    const { offsetLoss } = await lossesOf({}, new Array(9).fill(0), offsets)
    expect(offsetLoss).toBeCloseTo((2 * (4 / 48)) / 4, 5)
  })

  it('giou is 0 for the same box, 2/3 for half a box beside it, and above 1 for boxes apart', async () => {
    const box = (x1: number, x2: number) => [x1, 0, x2, 2]
    const row = (rows: number[][]) => constant(rows.flat(), [1, rows.length, 4])
    const predicted = row([box(0, 4), box(2, 6), box(6, 10)])
    const target = row([box(0, 4), box(0, 4), box(0, 4)])
    // 2..6 against 0..4: shared 4, united 12, around 12. 6..10 against 0..4: shared 0, united 16, around 20.
    const losses = await numbersOf(reshape(oneLessGiou(predicted, target), [3]))
    expect(losses[0]).toBeCloseTo(0, 6)
    expect(losses[1]).toBeCloseTo(1 - 4 / 12, 6)
    expect(losses[2]).toBeCloseTo(1 + 4 / 20, 6)
  })

  it.each(CODERS)('decode in the graph as detection decodes: $name', async (boxCoder) => {
    const offsets = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i * 2.3))
    const boxes = new Float32Array(12)
    const decode = decoder(boxCoder, anchors, offsets, boxes)
    for (let a = 0; a < 3; a++) decode(a)
    const corners = await numbersOf(
      decodeCorners(constant(offsets, [1, 3, 4]), geometryOf(boxCoder)),
    )
    for (let a = 0; a < 3; a++) {
      const [cx, cy, w, h] = boxes.subarray(a * 4, a * 4 + 4) as unknown as number[]
      const expected = [
        (cx! - w! / 2) / 48,
        (cy! - h! / 2) / 24,
        (cx! + w! / 2) / 48,
        (cy! + h! / 2) / 24,
      ]
      expected.forEach((value, i) => {
        expect(corners[a * 4 + i]).toBeCloseTo(value, 5)
      })
    }
  })
})

describe('the gradient of every combination agrees with finite differences', () => {
  const classLosses: LossConfig['classLoss'][] = [
    { name: 'softmax', negativesPerPositive: 1, minimumNegatives: 0 },
    { name: 'binary' },
    { name: 'focal', alpha: 0.25, gamma: 2 },
  ]
  const offsetLosses: LossConfig['offsetLoss'][] = [
    { name: 'smooth-l1', beta: 0.3 },
    { name: 'l1' },
    { name: 'giou' },
  ]
  const combinations = classLosses.flatMap((classLoss) =>
    offsetLosses.flatMap((offsetLoss) =>
      CODERS.flatMap((boxCoder) =>
        (['positive', 'image'] as const).map((per) => ({ classLoss, offsetLoss, boxCoder, per })),
      ),
    ),
  )
  it.each(combinations)(
    '$classLoss.name, $offsetLoss.name, $boxCoder.name offsets, per $per',
    async ({ boxCoder, ...config }) => {
      const error = await gradientError(engine, {
        shapes: [
          [1, 3, 3],
          [1, 3, 4],
        ],
        build: (logits, offsets) =>
          total(
            multiboxLoss(
              { logits, offsets },
              {
                classTargets: classTargets(),
                offsetTargets: constant([0.3, -0.2, 0.25, 0.4, ...new Array(8).fill(0)], [1, 3, 4]),
              },
              { ...config, offsetWeight: 0.7 },
              geometryOf(boxCoder),
            ).loss,
          ),
      })
      expect(error).toBeLessThan(3e-3)
    },
  )
})
