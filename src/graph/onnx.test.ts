import { fromBinary } from '@bufbuild/protobuf'
import { ModelProtoSchema } from 'onnx-buf'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { type Tail, toOnnx } from './onnx.ts'
import { add, cast } from './ops.ts'
import { constant, input } from './tensor.ts'

/** Finds the places of what is not 0: how many there are, only a run tells. */
const places: Tail = (nodes, { y }) => ({
  places: { from: nodes.emit('NonZero', [y!]), shape: [1, 'found'], dtype: 'int64' },
})

const session = (bytes: Uint8Array) => InferenceSession.create(bytes, { logSeverityLevel: 3 })

test('a tail gives results whose length only a run tells, in place of the graph’s own', async () => {
  const x = input('x', [3])
  const program = await session(toOnnx({ y: add(x, constant(0)) }, { tail: places }))
  expect(program.outputNames).toEqual(['places'])
  expect(program.outputMetadata[0]).toMatchObject({ type: 'int64', shape: [1, 'found'] })
  const found = async (...values: number[]) =>
    (await program.run({ x: new Tensor('float32', values) })).places?.data
  expect(await found(0, 5, 5)).toEqual(BigInt64Array.of(1n, 2n))
  expect(await found(0, 0, 0)).toEqual(new BigInt64Array(0))
})

test('bytes can be fed, and become numbers', async () => {
  const y = cast(input('x', [2], 'uint8'), 'float32')
  const program = await session(toOnnx({ y }))
  const { y: result } = await program.run({ x: new Tensor('uint8', Uint8Array.of(0, 255)) })
  expect(result?.data).toEqual(Float32Array.of(0, 255))
})

test('the file tells what it was told to tell', () => {
  const bytes = toOnnx({ y: constant(1) }, { metadata: { classes: '["cat"]' } })
  const { metadataProps, producerName, opsetImport } = fromBinary(ModelProtoSchema, bytes)
  expect(metadataProps.map(({ key, value }) => [key, value])).toEqual([['classes', '["cat"]']])
  expect(producerName).toBe('singleshot')
  expect(opsetImport).toHaveLength(1)
})
