import { describe, expect, it } from 'vitest'
import { buildLegacy, floats, type LegacyPlan } from '../../../test/parity/build-checkpoint.ts'
import { dict, storage, tensor, text } from '../../../test/parity/build-pickle.ts'
import { readPyTorch } from './pytorch.ts'

const six = { '0': floats(1, 2, 3, 4, 5, 6) }
const stateDict = dict(text('a'), tensor(storage('0', 6), { shape: [6], strides: [1] }))
const refused = (message: RegExp) =>
  expect.objectContaining({
    code: 'E_WEIGHTS_FILE',
    message: expect.stringMatching(message),
  })

describe('readPyTorch on a file of before version 1.6', () => {
  it.each<[what: string, plan: LegacyPlan, message: RegExp]>([
    ['of another version', { version: 1002 }, /expected version 1001 of the format, got 1002/],
    ['of a big endian machine', { littleEndian: false }, /little endian machine/],
    ['with another count', { count: 5 }, /expected 6 elements in storage 0, got 5/],
    ['with a count of 2^62', { count: 2 ** 62 }, /expected 6 elements in storage 0/],
    ['with a storage nobody mentions', { keys: ['0', 'x'] }, /only storages of the dictionary/],
    ['without its storage', { keys: [] }, /expected 24 bytes in storage 0, got none/],
  ])('refuses one %s', (_, plan, message) => {
    expect(() => readPyTorch(buildLegacy(stateDict, six, plan), 'f')).toThrow(refused(message))
  })

  it('refuses a storage of 2^50 elements before it makes room for them', () => {
    const huge = tensor(storage('0', 2 ** 50), { shape: [1], strides: [1] })
    const bytes = buildLegacy(dict(text('a'), huge), six, { count: 2 ** 50 })
    expect(() => readPyTorch(bytes, 'f')).toThrow(refused(/expected 4503599627370496 more bytes/))
  })

  it('refuses bytes too many at the end', () => {
    const bytes = Uint8Array.from([...buildLegacy(stateDict, six), 0])
    expect(() => readPyTorch(bytes, 'f')).toThrow(refused(/nothing after the last storage, got 1/))
  })
})
