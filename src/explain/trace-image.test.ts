import { afterAll, describe, expect, test } from 'vitest'
import { anchorsOf } from '../anchor/model-anchors.ts'
import { packCorners } from '../box/box.ts'
import { scaleBox } from '../box/scale.ts'
import type { ModelConfig } from '../config/model.ts'
import { tinyModel } from '../config/tiny.ts'
import { detectImage } from '../detect/detect.ts'
import { compileForDetection } from '../detect/network.ts'
import { numbersOf, weightsFor } from '../detect/weights.ts'
import { createEngine } from '../engine/node.ts'
import { toOnnx } from '../graph/onnx.ts'
import { type Floats, input } from '../graph/tensor.ts'
import { createImage, type Image } from '../image/image.ts'
import { imageToInput } from '../image/to-input.ts'
import type { LossConfig } from '../loss/multibox.ts'
import { multiboxLoss } from '../loss/multibox.ts'
import { buildTargets } from '../match/targets.ts'
import { initialWeights, Scope } from '../network/scope.ts'
import { ssd } from '../network/ssd.ts'
import { runLoss } from './loss-program.ts'
import type { TracedObject } from './object-story.ts'
import { traceSchema } from './trace.ts'
import { traceImage } from './trace-image.ts'
import { compileForTrace, look } from './tracer.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

const INPUT = { width: 96, height: 64 }
const base = tinyModel(['cat', 'dog'], INPUT)

/** A picture of 150 x 80 with a bright patch; its sides and the input's are in different proportions. */
const picture = createImage({ width: 150, height: 80 })
picture.data.forEach((_, i) => {
  picture.data[i] = (i * 7919) % 251
})

const OBJECTS: TracedObject[] = [
  { box: { x1: 10, y1: 8, x2: 60, y2: 48 }, classId: 0 },
  { box: { x1: 70, y1: 20, x2: 140, y2: 75 }, classId: 1 },
]

/** Weights that have learned nothing, with heads loud enough that anchors disagree. */
function weightsOf(config: ModelConfig): Map<string, Floats> {
  const scope = new Scope('evaluate')
  ssd(scope, input('images', [1, 3, INPUT.height, INPUT.width]), config)
  const weights = initialWeights(scope, 1)
  for (const [name, values] of weights)
    if (/head.*weight$/.test(name)) weights.set(name, values.map((value) => value * 30) as Floats)
  return weights
}

/** The loss by another way: network and loss compiled as one graph, as in training but with fixed norms. */
async function wholeLoss(config: ModelConfig, image: Image, objects: readonly TracedObject[]) {
  const anchors = anchorsOf(config)
  const scope = new Scope('evaluate')
  const answers = ssd(scope, input('images', [1, 3, INPUT.height, INPUT.width]), config)
  const inputs = {
    classTargets: input('classTargets', [1, anchors.count], 'int32'),
    offsetTargets: input('offsetTargets', [1, anchors.count, 4]),
  }
  const { loss, classLoss, offsetLoss } = multiboxLoss(answers, inputs, config.loss, {
    ...config,
    anchors,
  })
  const constants = numbersOf(weightsFor(scope, weightsOf(config)))
  const bytes = toOnnx({ loss, classLoss, offsetLoss }, { target: 'cpu', constants })
  const program = await engine.compile({ bytes })
  const corners = packCorners(objects.map(({ box }) => scaleBox(box, image, config.input)))
  const classIds = objects.map(({ classId }) => classId)
  const options = { ...config.match, boxCoder: config.boxCoder }
  const targets = buildTargets({ corners, classIds }, anchors, options)
  const images = new Float32Array(3 * INPUT.width * INPUT.height)
  imageToInput(image, config.input, config.normalisation, images)
  const { outputs } = await program.run({
    images: { data: images, shape: [1, 3, INPUT.height, INPUT.width] },
    classTargets: { data: targets.classTargets.slice(), shape: [1, anchors.count] },
    offsetTargets: { data: targets.offsetTargets.slice(), shape: [1, anchors.count, 4] },
  })
  await program.close()
  return {
    loss: outputs.loss![0]!,
    classLoss: outputs.classLoss![0]!,
    offsetLoss: outputs.offsetLoss![0]!,
  }
}

const SOFTMAX = { name: 'softmax', negativesPerPositive: 3, minimumNegatives: 16 } as const
const SMOOTH_L1 = { name: 'smooth-l1', beta: 0.2 } as const
const FOCAL = { name: 'focal', alpha: 0.25, gamma: 2 } as const

const LOSSES: [string, Pick<LossConfig, 'classLoss' | 'offsetLoss' | 'per'>][] = [
  [
    'softmax with hard negatives, smooth L1',
    { classLoss: SOFTMAX, offsetLoss: SMOOTH_L1, per: 'positive' },
  ],
  ['focal, GIoU, by images', { classLoss: FOCAL, offsetLoss: { name: 'giou' }, per: 'image' }],
  [
    'binary, L1, by positives',
    { classLoss: { name: 'binary' }, offsetLoss: { name: 'l1' }, per: 'positive' },
  ],
  ['softmax, GIoU, by images', { classLoss: SOFTMAX, offsetLoss: { name: 'giou' }, per: 'image' }],
]

/** The relative difference of two numbers; 0 for two zeros. */
const apart = (a: number, b: number) => (a === b ? 0 : Math.abs(a - b) / Math.abs(b))
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('the anchors’ shares of the loss', () => {
  for (const [name, losses] of LOSSES)
    for (const objects of [OBJECTS, []])
      test(`add up to the loss of the whole network: ${name}, ${objects.length} objects`, async () => {
        const config = { ...base, loss: { ...base.loss, offsetWeight: 1.5, ...losses } }
        const tracer = await compileForTrace(engine, config, weightsOf(config))
        const { anchors, loss } = await traceImage(tracer, picture, { objects })
        const whole = await wholeLoss(config, picture, objects)
        const classSum = sum(anchors.map((anchor) => anchor.loss!.classShare))
        const offsetSum = sum(anchors.map((anchor) => anchor.loss!.offsetShare))
        expect(apart(classSum, whole.classLoss)).toBeLessThan(1e-5)
        expect(apart(offsetSum, whole.offsetLoss)).toBeLessThan(1e-5)
        expect(apart(classSum, loss!.classLoss)).toBeLessThan(1e-5)
        expect(apart(offsetSum, loss!.offsetLoss)).toBeLessThan(1e-5)
        expect(apart(loss!.loss, whole.loss)).toBeLessThan(1e-5)
        expect(whole.classLoss).toBeGreaterThan(0)
        expect(whole.offsetLoss > 0).toBe(objects.length > 0)
        await tracer.network.close()
        await tracer.loss.close()
      })
})

test('only positives and the mined negatives are blamed for their class, and the counts say how many', async () => {
  const tracer = await compileForTrace(engine, base, weightsOf(base))
  const { anchors, loss } = await traceImage(tracer, picture, { objects: OBJECTS })
  const contributing = anchors.filter((anchor) => anchor.loss!.contributing)
  const mined = anchors.filter((anchor) => anchor.loss!.mined)
  const positives = anchors.filter(({ match }) => match.object !== null)
  expect(loss).toMatchObject({ positives: positives.length, minedNegatives: mined.length })
  expect(mined.length).toBe(Math.max(16, 3 * positives.length))
  expect(contributing.length).toBe(positives.length + mined.length)
  const silent = anchors.filter((anchor) => !anchor.loss!.contributing)
  expect(sum(silent.map((anchor) => anchor.loss!.classShare))).toBe(0)
  // The hardest: no silent negative is more wrong than a mined one.
  const hardestSilent = Math.max(...silent.map((anchor) => anchor.loss!.classError))
  expect(Math.min(...mined.map((anchor) => anchor.loss!.classError))).toBeGreaterThanOrEqual(
    hardestSilent,
  )
})

test('the detections are exactly those of detect, and point to the anchors that made them', async () => {
  const network = await compileForDetection(engine, base, weightsOf(base))
  const tracer = await compileForTrace(engine, base, weightsOf(base))
  for (const detect of [{}, { maxDetections: 5, nmsIouThreshold: 0.3 }]) {
    const { detections } = await detectImage(network, picture, detect)
    const trace = await traceImage(tracer, picture, { objects: OBJECTS, detect })
    expect(detections.length).toBeGreaterThan(3)
    expect(
      trace.detections.map(({ pictureBox: [x1, y1, x2, y2], classId, className, score }) => ({
        box: { x1, y1, x2, y2 },
        classId,
        className,
        score,
      })),
    ).toEqual(detections)
    for (const [d, { anchor, classId, score }] of trace.detections.entries())
      expect(trace.anchors[anchor]!.verdicts).toContainEqual({
        classId,
        score,
        kind: 'kept',
        detection: d,
      })
  }
})

test('a real trace keeps to its schema through JSON, with ground truth and without', async () => {
  const tracer = await compileForTrace(engine, base, weightsOf(base))
  for (const options of [{ objects: OBJECTS }, {}]) {
    const trace = await traceImage(tracer, picture, options)
    const written = JSON.stringify(trace)
    // Text against text: JSON writes -0, a slope that is nothing, as 0.
    expect(JSON.stringify(traceSchema.parse(JSON.parse(written)))).toBe(written)
    expect(trace.anchors.length).toBe(tracer.anchors.count)
    expect(trace.loss === null).toBe(!('objects' in options))
    expect([trace.input.scaleX, trace.input.scaleY]).toEqual([150 / 96, 80 / 64])
    for (const { activation, gridWidth, gridHeight } of trace.featureMaps)
      expect(activation.length).toBe(gridWidth * gridHeight)
  }
})

test('the slopes are those of the loss: nudged answers change it by as much', async () => {
  const config = { ...base, loss: { ...base.loss, classLoss: FOCAL } }
  const tracer = await compileForTrace(engine, config, weightsOf(config))
  const trace = await traceImage(tracer, picture, { objects: OBJECTS })
  const seen = await look(tracer, picture)
  const targets = {
    classTargets: Int32Array.from(trace.anchors, ({ target }) => target.class),
    offsetTargets: Float32Array.from(
      trace.anchors.flatMap(({ target }) => target.offsets ?? [0, 0, 0, 0]),
    ),
  }
  const STEP = 0.02
  const slopeOf = async (part: 'logits' | 'offsets', at: number) => {
    const lossAt = async (nudge: number) => {
      const nudged = { logits: seen.logits.slice(), offsets: seen.offsets.slice() }
      nudged[part][at]! += nudge
      return (await runLoss(tracer.loss, nudged, targets)).loss
    }
    return ((await lossAt(STEP)) - (await lossAt(-STEP))) / (2 * STEP)
  }
  const positives = trace.anchors.flatMap(({ match }, a) => (match.object === null ? [] : [a]))
  for (const anchor of positives.slice(0, 3)) {
    const { logitGradient, offsetGradient } = trace.anchors[anchor]!.loss!
    expect(await slopeOf('logits', anchor * 3 + 1)).toBeCloseTo(logitGradient[1]!, 3)
    expect(await slopeOf('offsets', anchor * 4 + 2)).toBeCloseTo(offsetGradient[2], 3)
  }
  expect(
    Math.max(...positives.map((a) => Math.abs(trace.anchors[a]!.loss!.offsetGradient[2]))),
  ).toBeGreaterThan(0.01)
})
