import { afterAll, expect, test } from 'vitest'
import { generateAnchors } from '../anchor/anchors.ts'
import { SSD_BOX_CODER } from '../coder/coders.ts'
import { createEngine } from '../engine/node.ts'
import { differentiate } from '../graph/differentiate.ts'
import { toOnnx } from '../graph/onnx.ts'
import { input } from '../graph/tensor.ts'
import type { ClassLossChoice } from './class/class-losses.ts'
import { type LossConfig, multiboxLoss } from './multibox.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

/** The loss of one image, and its slope for the logits, with as many anchors as there are targets; K = 3. */
async function lossOf(
  logits: number[][],
  classTargets: number[],
  { ignoring, ...config }: Pick<LossConfig, 'classLoss' | 'per'> & { ignoring: boolean },
) {
  const count = classTargets.length
  const shapes = [{ width: 12, height: 8 }]
  const anchors = generateAnchors([
    { gridWidth: count, gridHeight: 1, strideX: 16, strideY: 24, shapes },
  ])
  const answers = {
    logits: input('logits', [1, count, 3]),
    offsets: input('offsets', [1, count, 4]),
  }
  const targets = {
    classTargets: input('classTargets', [1, count], 'int32'),
    offsetTargets: input('offsetTargets', [1, count, 4]),
    ignoring,
  }
  const settings = {
    offsetLoss: { name: 'smooth-l1', beta: 1 },
    offsetWeight: 1,
    ...config,
  } as const
  const geometry = { anchors, boxCoder: SSD_BOX_CODER, input: { width: 16 * count, height: 24 } }
  const { loss } = multiboxLoss(answers, targets, settings, geometry)
  const [slope] = differentiate(loss, [answers.logits])
  const program = await engine.compile({ bytes: toOnnx({ loss, slope: slope! }) })
  const { outputs } = await program.run({
    logits: { data: Float32Array.from(logits.flat()), shape: [1, count, 3] },
    offsets: { data: new Float32Array(count * 4).fill(0.5), shape: [1, count, 4] },
    classTargets: { data: Int32Array.from(classTargets), shape: [1, count] },
    offsetTargets: { data: new Float32Array(count * 4), shape: [1, count, 4] },
  })
  await program.close()
  return { loss: outputs.loss![0]!, slope: [...outputs.slope!] }
}

const CLASS_LOSSES: ClassLossChoice[] = [
  // One hard negative: the ignored anchor, which claims an object most of all, must not take its place.
  { name: 'softmax', negativesPerPositive: 1, minimumNegatives: 0 },
  { name: 'binary' },
  { name: 'focal', alpha: 0.25, gamma: 2 },
]

test.each(CLASS_LOSSES)(
  'an anchor that is asked nothing is as if it were not there: $name',
  async (classLoss) => {
    const asked = [
      [0.2, 1.5, -1],
      [1, 0.3, 0.5],
      [2, -0.5, 0.1],
    ]
    const wild = [-3, 9, 4]
    const settings = { classLoss, per: 'positive' } as const
    const without = await lossOf(asked, [1, 0, 0], { ...settings, ignoring: false })
    const found = await lossOf([asked[0]!, wild, asked[1]!, asked[2]!], [1, -1, 0, 0], {
      ...settings,
      ignoring: true,
    })
    expect(without.loss).toBeGreaterThan(0.1)
    expect(found.loss).toBeCloseTo(without.loss, 6)
    expect(found.slope.slice(3, 6)).toEqual([0, 0, 0])
    const others = [...found.slope.slice(0, 3), ...found.slope.slice(6)]
    for (const [i, slope] of others.entries()) expect(slope).toBeCloseTo(without.slope[i]!, 6)
  },
)

test.each(CLASS_LOSSES)(
  'where nothing is ignored, asking changes nothing: $name',
  async (classLoss) => {
    const logits = [
      [0.2, 1.5, -1],
      [1, 0.3, 0.5],
    ]
    const settings = { classLoss, per: 'positive' } as const
    const plain = await lossOf(logits, [2, 0], { ...settings, ignoring: false })
    expect(await lossOf(logits, [2, 0], { ...settings, ignoring: true })).toEqual(plain)
  },
)
