import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readWeights } from '../../src/weights/read-weights.ts'
import { readGolden } from './golden.ts'

const golden =
  readGolden<[name: string, tensor: { shape: number[]; numbers: number[] }][]>('checkpoint.json')

describe.each(['checkpoint.pth', 'checkpoint-legacy.pth'])('%s, saved by PyTorch', (file) => {
  const bytes = readFileSync(new URL(file, import.meta.url))

  test('has every tensor, in order, with its shape and its numbers', () => {
    const { tensors } = readWeights(bytes, file)
    const plain = [...tensors].map(([name, { shape, data }]) => [
      name,
      { shape, numbers: [...data] },
    ])
    expect(plain).toEqual(golden)
    expect(plain).toHaveLength(19)
  })

  test('shares nothing with what was read from it', () => {
    const copy = Uint8Array.from(bytes)
    const { tensors } = readWeights(copy, file)
    copy.fill(0xff)
    expect([...tensors.get('conv.bias')!.data]).toEqual(numbersOf('conv.bias'))
  })

  test('can be read in part', () => {
    const { tensors } = readWeights(bytes, file, { keep: (name) => name.startsWith('shared.') })
    expect([...tensors.keys()]).toEqual(['shared.first', 'shared.second'])
  })

  test('is refused wherever it is cut short', () => {
    for (let length = 0; length < bytes.length; length += 37)
      expect(() => readWeights(bytes.subarray(0, length), file)).toThrow(
        expect.objectContaining({ code: 'E_WEIGHTS_FILE', message: expect.stringContaining(file) }),
      )
  })
})

function numbersOf(name: string): number[] | undefined {
  return golden.find(([other]) => other === name)?.[1].numbers
}
