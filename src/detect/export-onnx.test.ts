import { fromBinary } from '@bufbuild/protobuf'
import { ModelProtoSchema } from 'onnx-buf'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { anchorsOf } from '../anchor/model-anchors.ts'
import { tinyModel } from '../config/tiny.ts'
import { input } from '../graph/tensor.ts'
import { initialWeights, Scope } from '../network/scope.ts'
import { ssd } from '../network/ssd.ts'
import { exportOnnx } from './export-onnx.ts'

/** Not square, so that swapped axes show. */
const size = { width: 96, height: 64 }
const config = tinyModel(['cat', 'dog'], size)
const anchors = anchorsOf(config).count

/** A network that answers the same everywhere: offsets of 0, and these logits (background, cat, dog). */
function constantModel(...logits: readonly number[]) {
  const scope = new Scope('evaluate')
  ssd(scope, input('images', [1, 3, 64, 96]), config)
  const weights = initialWeights(scope, 1)
  for (const [name, values] of weights) {
    if (!name.includes('head')) continue
    const isLogit = /classification.*bias$/.test(name)
    for (let i = 0; i < values.length; i++) values[i] = isLogit ? logits[i % 3]! : 0
  }
  return { config, weights, notes: { step: 3 } }
}

const grey = () => new Tensor('uint8', new Uint8Array(96 * 64 * 3).fill(90), [1, 64, 96, 3])
const session = (bytes: Uint8Array) => InferenceSession.create(bytes, { logSeverityLevel: 3 })

test('without NMS every anchor tells its box, clipped to the input, and a score a class', async () => {
  const program = await session(exportOnnx(constantModel(0, 0, Math.log(2))))
  expect(program.inputMetadata[0]).toMatchObject({ type: 'uint8', shape: [1, 64, 96, 3] })
  const { boxes, scores } = await program.run({ images: grey() })
  expect([boxes!.dims, scores!.dims]).toEqual([
    [1, anchors, 4],
    [1, anchors, 2],
  ])
  const [cat, dog] = scores!.data as Float32Array
  expect([cat, dog]).toEqual([expect.closeTo(0.25, 6), expect.closeTo(0.5, 6)])
  // The first anchor is 20 pixels wide and stands at (4, 4): from -6 to 14.
  expect([...(boxes!.data as Float32Array).subarray(0, 4)]).toEqual([0, 0, 14, 14])
  const all = boxes!.data as Float32Array
  const most = (axis: 0 | 1) => Math.max(...all.filter((_, i) => i % 2 === axis))
  expect([most(0), most(1)]).toEqual([96, 64])
})

test('opens in the runtimes of years ago: file version 8, operator set 18, no operators of one maker', () => {
  // ONNX 1.13 and onnxruntime 1.14, of early 2023; docs/export.md names them.
  for (const nms of [false, true]) {
    const file = fromBinary(ModelProtoSchema, exportOnnx(constantModel(0, 0, 0), { nms }))
    expect(file.irVersion).toBeLessThanOrEqual(8n)
    expect(file.opsetImport.map(({ domain, version }) => ({ domain, version }))).toEqual([
      { domain: '', version: 18n },
    ])
    expect(file.graph!.node.filter(({ domain }) => domain !== '')).toEqual([])
  }
})

test('with NMS it selects, with the thresholds that were asked for', async () => {
  const model = constantModel(0, 0, Math.log(2))
  const labels = async (scoreThreshold: number) => {
    const bytes = exportOnnx(model, { nms: true, detect: { scoreThreshold } })
    const found = await (await session(bytes)).run({ images: grey() })
    expect(found.boxes!.dims).toEqual([found.labels!.data.length, 4])
    return [...new Set(found.labels!.data as Int32Array)]
  }
  expect(await labels(0.1)).toEqual([1, 0]) // dogs before cats
  expect(await labels(0.4)).toEqual([1])
  expect(await labels(0.6)).toEqual([])
})

test('the file tells its classes, its input and its whole description', () => {
  const bytes = exportOnnx(constantModel(0, 0, 0), { nms: true, detect: { scoreThreshold: 0.5 } })
  const { metadataProps } = fromBinary(ModelProtoSchema, bytes)
  const told = Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]))
  expect(told).toMatchObject({ format_version: '1', input_size: '96x64' })
  expect(JSON.parse(told.classes!)).toEqual(['cat', 'dog'])
  expect(JSON.parse(told.notes!)).toEqual({ step: 3 })
  const detect = { ...config.detect, scoreThreshold: 0.5 }
  expect(JSON.parse(told.config!)).toEqual({ ...config, detect })
})

test('a model that lacks a weight is refused, naming it', () => {
  const model = constantModel(0, 0, 0)
  model.weights.delete('backbone.0.0.conv.weight')
  expect(() => exportOnnx(model)).toThrow(
    'weightsFor: expected 432 numbers for backbone.0.0.conv.weight [16,3,3,3], got none',
  )
})
