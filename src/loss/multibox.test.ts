import { afterAll, describe, expect, it } from 'vitest'
import { generateAnchors } from '../anchor/anchors.ts'
import { SSD_BOX_CODER } from '../coder/coders.ts'
import { createEngine } from '../engine/node.ts'
import { differentiate } from '../graph/differentiate.ts'
import { toOnnx } from '../graph/onnx.ts'
import { cast } from '../graph/ops.ts'
import { constant, input } from '../graph/tensor.ts'
import type { ClassLossChoice } from './class/class-losses.ts'
import { mineHardNegatives } from './class/mine.ts'
import { multiboxLoss } from './multibox.ts'
import { smoothL1 } from './offset/smooth-l1.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

const config = { name: 'softmax', negativesPerPositive: 3, minimumNegatives: 0 } as const

/** Three anchors in a row, 8 pixels apart, on an input of 48 x 24. */
const anchors = generateAnchors([
  { gridWidth: 3, gridHeight: 1, strideX: 16, strideY: 24, shapes: [{ width: 12, height: 8 }] },
])
const geometry = { anchors, boxCoder: SSD_BOX_CODER, input: { width: 48, height: 24 } }

/** One image, K = 2 classes with background, offsets all 0.5 off for positives. */
async function lossOf(
  logits: number[][],
  classTargets: number[],
  settings: Extract<ClassLossChoice, { name: 'softmax' }> = config,
) {
  const [anchors, classes] = [logits.length, logits[0]!.length]
  const answers = {
    logits: input('logits', [1, anchors, classes]),
    offsets: input('offsets', [1, anchors, 4]),
  }
  const targets = {
    classTargets: input('classTargets', [1, anchors], 'int32'),
    offsetTargets: input('offsetTargets', [1, anchors, 4]),
  }
  const { loss, classLoss, offsetLoss, positives } = multiboxLoss(
    answers,
    targets,
    {
      classLoss: settings,
      offsetLoss: { name: 'smooth-l1', beta: 1 },
      offsetWeight: 1,
      per: 'positive',
    },
    geometry,
  )
  const [slope] = differentiate(loss, [answers.logits])
  const bytes = toOnnx({ classLoss, offsetLoss, positives, slope: slope! })
  const program = await engine.compile({ bytes })
  const { outputs } = await program.run({
    logits: { data: Float32Array.from(logits.flat()), shape: [1, anchors, classes] },
    offsets: { data: new Float32Array(anchors * 4).fill(0.5), shape: [1, anchors, 4] },
    classTargets: { data: Int32Array.from(classTargets), shape: [1, anchors] },
    offsetTargets: { data: new Float32Array(anchors * 4), shape: [1, anchors, 4] },
  })
  await program.close()
  return {
    classLoss: outputs.classLoss![0]!,
    offsetLoss: outputs.offsetLoss![0]!,
    positives: outputs.positives![0]!,
    /** Anchors that a class gradient reaches. */
    taught: Array.from({ length: anchors }, (_, a) => outputs.slope![a * classes] !== 0),
  }
}

const ln2 = Math.LN2

describe('multiboxLoss', () => {
  it('adds the positive and its three hardest negatives, divided by the positives', async () => {
    // Undecided anchors (0, 0) cost ln 2 each; anchors sure of background (9, 0) cost about 1e-4.
    const undecided = [0, 0]
    const sure = [9, 0]
    const { classLoss, offsetLoss, positives, taught } = await lossOf(
      [undecided, sure, undecided, sure, undecided, undecided],
      [1, 0, 0, 0, 0, 0],
    )
    expect(positives).toBe(1)
    expect(classLoss).toBeCloseTo(4 * ln2, 5) // 1 positive + 3 negatives
    expect(offsetLoss).toBeCloseTo(0.5, 6) // four offsets of 0.5² / 2
    expect(taught).toEqual([true, false, true, false, true, true])
  })

  it('gives equal negatives their turn by place: the first ones speak', async () => {
    const rows = Array.from({ length: 6 }, () => [0, 0])
    expect((await lossOf(rows, [0, 0, 1, 0, 0, 0])).taught).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ])
  })

  it('an image without objects teaches nothing without a floor, and no division by zero happens', async () => {
    const result = await lossOf(
      [
        [0, 0],
        [0, 5],
      ],
      [0, 0],
    )
    expect(result).toMatchObject({
      classLoss: 0,
      offsetLoss: 0,
      positives: 0,
      taught: [false, false],
    })
  })

  it('with a floor of one negative, an image without objects teaches at its worst anchor', async () => {
    const result = await lossOf(
      [
        [0, 0],
        [0, 5],
      ],
      [0, 0],
      { ...config, minimumNegatives: 1 },
    )
    expect(result.classLoss).toBeCloseTo(Math.log(1 + Math.exp(5)), 4) // claims an object: 5.0067
    expect(result.taught).toEqual([false, true])
  })

  it('offsets of background anchors cost nothing', async () => {
    expect(
      (
        await lossOf(
          [
            [0, 0],
            [0, 0],
          ],
          [0, 0],
          { ...config, minimumNegatives: 2 },
        )
      ).offsetLoss,
    ).toBe(0)
  })
})

describe('mineHardNegatives', () => {
  it('counts for each image on its own: 1 positive lets 2 speak, 0 positives none', async () => {
    const classLoss = input('classLoss', [2, 4])
    const positive = constant([1, 0, 0, 0, 0, 0, 0, 0], [2, 4])
    const mined = mineHardNegatives(classLoss, cast(positive, 'bool'), {
      ...config,
      negativesPerPositive: 2,
    })
    const program = await engine.compile({ bytes: toOnnx({ y: cast(mined, 'float32') }) })
    const losses = Float32Array.of(9, 1, 3, 2, 9, 9, 9, 9)
    const { outputs } = await program.run({ classLoss: { data: losses, shape: [2, 4] } })
    expect([...outputs.y!]).toEqual([0, 0, 1, 1, 0, 0, 0, 0])
    await program.close()
  })
})

describe('smoothL1', () => {
  it('is a parabola inside beta and a line outside: 0.5²/2, 2 - 1/2, 3 - 1/2', async () => {
    const error = input('error', [3])
    const value = smoothL1(error, constant([0, 0, 0], [3]), { beta: 1 })
    const program = await engine.compile({ bytes: toOnnx({ value }) })
    const { outputs } = await program.run({
      error: { data: Float32Array.of(0.5, -2, 3), shape: [3] },
    })
    expect([...outputs.value!]).toEqual([0.125, 1.5, 2.5])
    await program.close()
  })
})
