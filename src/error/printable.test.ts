import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPrintable, printable, shorten } from './printable.ts'

describe('printable', () => {
  it('keeps letters of every script, emoji and spaces', () => {
    const text = 'Füße, 猫, കാർ, 🐈 and a no-break\u00a0space'
    expect(printable(text)).toBe(text)
    expect(isPrintable(text)).toBe(true)
  })

  it.each([
    ['a bell', '\u0007', '\\u0007'],
    ['an escape', '\u001b', '\\u001b'],
    ['a line feed', '\n', '\\n'],
    ['a tab', '\t', '\\t'],
    ['a C1 control', '\u009b', '\\u009b'],
    ['a turn of direction', '\u202e', '\\u202e'],
    ['half a surrogate pair', '\ud800', '\\ud800'],
    ['what XML forbids', '\uffff', '\\uffff'],
  ])('writes %s as an escape', (_, raw, escaped) => {
    expect(printable(`a${raw}b`)).toBe(`a${escaped}b`)
    expect(isPrintable(`a${raw}b`)).toBe(false)
  })

  it('leaves nothing that it would write otherwise the second time', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(isPrintable(printable(text))).toBe(true)
      }),
    )
  })
})

describe('shorten', () => {
  it('keeps a text that fits, and tells how much of a longer one is missing', () => {
    expect(shorten('abc', 3)).toBe('abc')
    expect(shorten('abcdefghi', 6)).toBe('abcd … 3 characters more … hi')
  })
})
