import { describe, expect, it } from 'vitest'
import { buildZip, type EndPlan, type EntryPlan } from '../../../test/parity/build-zip.ts'
import { readZip } from './zip.ts'

const letters = (text: string) => new TextEncoder().encode(text)
const a: EntryPlan = { name: 'a', data: letters('alpha') }
const b: EntryPlan = { name: 'b/c', data: letters('beta') }
const texts = (bytes: Uint8Array) =>
  [...readZip(bytes, 'z')].map(([name, { data }]) => [name, new TextDecoder().decode(data)])
const both = [
  ['a', 'alpha'],
  ['b/c', 'beta'],
]

describe('readZip', () => {
  it('reads names and bytes, which are views of the file', () => {
    const bytes = buildZip([a, b])
    expect(texts(bytes)).toEqual(both)
    expect(readZip(bytes, 'z').get('a')!.data.buffer).toBe(bytes.buffer)
  })

  it('reads an archive without entries, and one with a comment', () => {
    expect(texts(buildZip([]))).toEqual([])
    expect(
      texts(buildZip([a, b], { comment: 'PK\x05\x06 is how the end of an archive begins' })),
    ).toEqual(both)
  })

  it('reads sizes and places of 64 bits, past other extra fields', () => {
    expect(texts(buildZip([{ ...a, wide: true }, b], { wide: true }))).toEqual(both)
  })

  it('reads an entry without bytes', () => {
    expect(texts(buildZip([{ name: 'none', data: letters('') }, a]))).toEqual([
      ['none', ''],
      ['a', 'alpha'],
    ])
  })

  it.each<[what: string, entries: EntryPlan[], end: EndPlan, message: RegExp]>([
    ['a compressed entry', [{ ...a, method: 8 }], {}, /entry a .*neither compressed.*method 8/],
    ['an encrypted entry', [{ ...a, flags: 1 }], {}, /entry a .*nor encrypted.*flags 1/],
    ['a length beyond the file', [{ ...a, claimedLength: 1e6 }], {}, /entry a between/],
    ['4 EB in 64 bits', [{ ...a, claimedLength: 2 ** 62, wide: true }], {}, /entry a between/],
    ['a place beyond the file', [{ ...a, claimedPlace: 1e6 }], {}, /at byte 1000000/],
    ['a place that is no header', [{ ...a, claimedPlace: 7 }], {}, /header of an entry at byte 7/],
    ['one name twice', [a, a], {}, /every entry once, got a/],
    ['more entries than records', [a], { count: 2 }, /more bytes|entry of the list/],
    ['100,001 entries', [a], { count: 100_001, wide: true }, /at most 100000 entries/],
    ['2^60 entries', [a], { count: 2 ** 60, wide: true }, /at most 100000 entries/],
    ['a list beyond the file', [a], { place: 1e9 }, /list of entries before byte/],
    ['a list of 64 bits beyond the file', [a], { length: 2 ** 60, wide: true }, /list of entries/],
    ['the second part of several', [a], { disk: 1 }, /zip archive in one file/],
  ])('refuses %s', (_, entries, end, message) => {
    const bytes = buildZip(entries, end)
    expect(() => readZip(bytes, 'z.pth')).toThrow(
      expect.objectContaining({
        code: 'E_WEIGHTS_FILE',
        message: expect.stringMatching(message),
      }),
    )
    expect(() => readZip(bytes, 'z.pth')).toThrow(/^readZip: expected .*\(z\.pth\)$/)
  })

  it('refuses entries that share bytes, with which a small archive could claim to be a large one', () => {
    const inside = Array.from({ length: 500 }, (_, i) => ({ ...a, name: `${i}`, claimedPlace: 0 }))
    expect(() => readZip(buildZip(inside), 'z')).toThrow(/entries overlap/)
    const whole = { ...a, name: 'whole', claimedLength: 40 }
    expect(() => readZip(buildZip([whole, b]), 'z')).toThrow(/entries overlap/)
  })

  it('refuses the list as the bytes of an entry', () => {
    expect(() => readZip(buildZip([{ ...a, claimedLength: 6 }]), 'z')).toThrow(/cut short/)
  })

  it('refuses an archive cut short anywhere', () => {
    const bytes = buildZip([{ ...a, wide: true }, b], { wide: true })
    for (let length = 0; length < bytes.length; length++)
      expect(() => readZip(bytes.subarray(0, length), 'z')).toThrow(
        expect.objectContaining({ code: 'E_WEIGHTS_FILE' }),
      )
  })
})
