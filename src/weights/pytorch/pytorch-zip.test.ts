import { describe, expect, it } from 'vitest'
import { buildCheckpoint, floats } from '../../../test/parity/build-checkpoint.ts'
import { dict, storage, tensor, text } from '../../../test/parity/build-pickle.ts'
import { buildZip } from '../../../test/parity/build-zip.ts'
import { readPyTorch } from './pytorch.ts'

const six = { '0': floats(1, 2, 3, 4, 5, 6) }
const stateDict = dict(text('a'), tensor(storage('0', 6), { shape: [6], strides: [1] }))
const refused = (message: RegExp) =>
  expect.objectContaining({
    code: 'E_WEIGHTS_FILE',
    message: expect.stringMatching(message),
  })

describe('readPyTorch on a zip archive', () => {
  it('refuses a storage that is shorter than the pickle says, and one that is not there', () => {
    expect(() => readPyTorch(buildCheckpoint(stateDict, { '0': floats(1, 2) }), 'f')).toThrow(
      refused(/expected 24 bytes in storage 0, got 8 \(f\)/),
    )
    expect(() => readPyTorch(buildCheckpoint(stateDict, {}), 'f')).toThrow(
      refused(/expected 24 bytes in storage 0, got none/),
    )
  })

  it('refuses a storage of 2^50 elements before it makes room for them', () => {
    const huge = tensor(storage('0', 2 ** 50), { shape: [2 ** 50], strides: [1] })
    const bytes = buildCheckpoint(dict(text('a'), huge), six)
    expect(() => readPyTorch(bytes, 'f')).toThrow(refused(/at most \d+ elements in a file/))
    const corner = tensor(storage('0', 2 ** 50), { shape: [1], strides: [1] })
    const cornered = buildCheckpoint(dict(text('a'), corner), six)
    expect(() => readPyTorch(cornered, 'f')).toThrow(refused(/expected 4503599627370496 bytes/))
  })

  it('refuses numbers of a big endian machine', () => {
    const ofOrder = (order: string) => {
      const entry = { name: 'net/byteorder', data: new TextEncoder().encode(order) }
      return buildCheckpoint(stateDict, six, [entry])
    }
    expect(readPyTorch(ofOrder('little'), 'f').tensors.size).toBe(1)
    expect(() => readPyTorch(ofOrder('big'), 'f')).toThrow(
      refused(/little endian machine, got byte order big/),
    )
  })

  it('refuses an archive that is not of PyTorch, or of two', () => {
    const other = { name: 'other/data.pkl', data: new Uint8Array(0) }
    expect(() => readPyTorch(buildCheckpoint(stateDict, six, [other]), 'f')).toThrow(
      refused(/one data\.pkl in its folder, got 2/),
    )
    expect(() => readPyTorch(buildZip([{ ...other, name: 'a.txt' }]), 'f')).toThrow(
      refused(/one data\.pkl in its folder, got 0/),
    )
  })

  it('refuses a data.pkl of 20 MB before it looks at it', () => {
    const pickle = { name: 'net/data.pkl', data: new Uint8Array(20_000_000), crc32: 1 }
    expect(() => readPyTorch(buildZip([pickle]), 'f')).toThrow(
      refused(/data\.pkl of at most 16777216 bytes, got 20000000/),
    )
  })

  it('refuses a data.pkl whose checksum is not the one of the list', () => {
    const bytes = buildCheckpoint(stateDict, six)
    // The list begins where the end record says, 6 bytes before the end; the first checksum 16 bytes later.
    const list = new DataView(bytes.buffer).getUint32(bytes.length - 6, true)
    bytes[list + 16] = 1
    expect(() => readPyTorch(bytes, 'f')).toThrow(refused(/data\.pkl of checksum 1/))
  })
})
