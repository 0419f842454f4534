import { describe, expect, it } from 'vitest'
import { countMistakes, didYouMean, suggest } from './suggest.ts'

const OPTIONS = ['data', 'out', 'epochs', 'minutes', 'batch', 'seed', 'score']

describe('suggest', () => {
  it.each([
    ['epocs', 'epochs'],
    ['bacth', 'batch'],
    ['min', 'minutes'],
    ['outdir', 'out'],
    ['dtaa', 'data'],
  ])('takes %s for %s', (wrong, meant) => {
    expect(suggest(wrong, OPTIONS)).toBe(meant)
  })

  it('says nothing when nothing is near', () => {
    expect([suggest('verbose', OPTIONS), suggest('x', OPTIONS), suggest('', [])]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('counts a letter added, lost, changed, and two swapped, as one mistake each', () => {
    const counts = ['trains', 'tain', 'brain', 'trian', 'train'].map((word) =>
      countMistakes(word, 'train'),
    )
    expect(counts).toEqual([1, 1, 1, 1, 0])
  })

  it('writes the word as it would be typed', () => {
    expect(didYouMean('sede', OPTIONS, (name) => `--${name}`)).toBe('; did you mean --seed?')
    expect(didYouMean('zzz', OPTIONS)).toBe('')
  })
})
