import { expect, test } from 'vitest'
import { readSafetensors } from '../safetensors/safetensors.ts'
import { writeStateDict } from './state-dict.ts'

const weights = new Map([
  ['conv.weight', { shape: [1, 2], data: Float32Array.of(1, 2) }],
  ['norm.weight', { shape: [1], data: Float32Array.of(3) }],
  ['norm.running_mean', { shape: [1], data: Float32Array.of(4) }],
  ['norm.running_var', { shape: [1], data: Float32Array.of(5) }],
])

/** The header as it stands in the file. */
function headerOf(bytes: Uint8Array): Record<string, unknown> {
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true))
  return JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))
}

test('every weight is there as it was, and a count for each batch norm, as a whole number first', () => {
  expect(headerOf(writeStateDict(weights, { batches: 7 }))).toEqual({
    __metadata__: { format: 'pt' },
    'norm.num_batches_tracked': { dtype: 'I64', shape: [], data_offsets: [0, 8] },
    'conv.weight': { dtype: 'F32', shape: [1, 2], data_offsets: [8, 16] },
    'norm.weight': { dtype: 'F32', shape: [1], data_offsets: [16, 20] },
    'norm.running_mean': { dtype: 'F32', shape: [1], data_offsets: [20, 24] },
    'norm.running_var': { dtype: 'F32', shape: [1], data_offsets: [24, 28] },
  })
})

test('the numbers come back as they were', () => {
  const { tensors } = readSafetensors(writeStateDict(weights, { batches: 7 }), 'f')
  expect(tensors.get('norm.num_batches_tracked')).toEqual({
    shape: [],
    data: Float32Array.of(7),
  })
  for (const [name, tensor] of weights) expect(tensors.get(name)).toEqual(tensor)
})

test('a network without batch norms has nothing to count', () => {
  const plain = new Map([['weight', { shape: [1], data: Float32Array.of(1) }]])
  const { tensors } = readSafetensors(writeStateDict(plain), 'f')
  expect([...tensors.keys()]).toEqual(['weight'])
})

test('a batch norm that is the whole network is counted too, from 0', () => {
  const norm = new Map([['running_mean', { shape: [1], data: Float32Array.of(1) }]])
  const { tensors } = readSafetensors(writeStateDict(norm), 'f')
  expect(tensors.get('num_batches_tracked')?.data).toEqual(Float32Array.of(0))
})
