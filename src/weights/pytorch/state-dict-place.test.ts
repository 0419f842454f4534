import { describe, expect, it } from 'vitest'
import { buildCheckpoint, buildLegacy, floats } from '../../../test/parity/build-checkpoint.ts'
import {
  type Code,
  call,
  dict,
  int,
  name,
  none,
  storage,
  tensor,
  text,
} from '../../../test/parity/build-pickle.ts'
import { readPyTorch } from './pytorch.ts'

const six = { '0': floats(1, 2, 3, 4, 5, 6) }
const flat = tensor(storage('0', 6), { shape: [6], strides: [1] })
const stateDict = dict(text('a'), flat)

describe.each([
  ['a zip archive', buildCheckpoint],
  ['a file of before version 1.6', buildLegacy],
])('readPyTorch on a checkpoint in %s', (_, build) => {
  it('passes over whatever else a training checkpoint holds, running nothing', () => {
    const object: Code = [
      ...name('argparse', 'Namespace'),
      0x29,
      0x81,
      ...dict(text('lr'), int(1)),
      0x62,
    ]
    const counter = call(name('collections', 'Counter'), dict(int(16), int(1)))
    const filled: Code = [
      ...call(name('collections', 'defaultdict'), name('__builtin__', 'dict')),
      0x28,
      ...int(1),
      ...none,
      0x75,
    ]
    const listed: Code = [
      ...call(name('collections', 'deque')),
      0x28,
      ...int(1),
      0x65,
      ...none,
      0x61,
    ]
    const run = call(name('os', 'system'), text('touch never'))
    const others = { args: object, milestones: counter, state: filled, last: listed, hook: run }
    const beside = Object.entries(others).flatMap(([key, code]) => [text(key), code])
    const root = dict(...beside, text('rng_state'), flat, text('model'), stateDict)
    const { tensors, under } = readPyTorch(build(root, six), 'f')
    expect([...tensors.keys()]).toEqual(['a'])
    expect(under).toBe('model')
  })

  it('prefers the running average of the weights, and says where it found it', () => {
    const underOf = (...keysAndValues: Code[]) =>
      readPyTorch(build(dict(...keysAndValues, text('model'), stateDict), six), 'f').under
    for (const name of ['model_ema', 'ema', 'state_dict_ema', 'ema_state_dict'])
      expect(underOf(text(name), stateDict)).toBe(name)
    expect(underOf(text('ema'), dict(text('updates'), int(9), text('module'), stateDict))).toBe(
      'ema.module',
    )
    expect(underOf(text('model_ema'), none)).toBe('model')
    expect(readPyTorch(build(stateDict, six), 'f').under).toBeUndefined()
  })
})
