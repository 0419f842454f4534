import { array, assert, nat, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { escapeSvg, fitText, textWidth } from './svg-text.ts'

test('what SVG uses itself is written as entities, and what XML forbids is dropped', () => {
  expect(escapeSvg('<b>&"')).toBe('&lt;b&gt;&amp;&quot;')
  expect(escapeSvg('a\u0000\u0007\u001f\u007f\u009b\ufffe\uffff\ud800\udc00b')).toBe(
    'a\ud800\udc00b',
  )
  expect(escapeSvg('a\ud800b\udc00c')).toBe('abc')
  expect(escapeSvg('a\u202eb')).toBe('ab')
  expect(escapeSvg('Füße 猫 👩‍🚀')).toBe('Füße 猫 👩‍🚀')
})

test('nothing that XML forbids is left of any text', () => {
  // https://www.w3.org/TR/xml/#NT-Char
  const allowed = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u
  assert(
    property(string({ unit: 'binary' }), array(nat(0xffff)), (text, units) => {
      expect(escapeSvg(text + String.fromCharCode(...units))).toMatch(allowed)
    }),
    { numRuns: 200 },
  )
  expect.hasAssertions()
})

test('Chinese, Japanese, Korean and emoji are as wide as high, accents have no width', () => {
  expect(textWidth('ab', 10)).toBeCloseTo(14.4)
  for (const wide of ['猫犬', 'ねこ', 'ネコ', '고양', '🐈🐕', 'ＡＢ'])
    expect(textWidth(wide, 10)).toBeCloseTo(21)
  expect(textWidth('e\u0301', 10)).toBeCloseTo(7.2)
})

test('a text is cut where the next letter would leave its room', () => {
  expect(fitText('abcd', 10, 28.8)).toBe('abcd')
  expect(fitText('abcde', 10, 28.8)).toBe('abc…')
  expect(fitText('猫犬猫犬', 10, 42)).toBe('猫犬猫犬')
  expect(fitText('猫犬猫犬猫', 10, 42)).toBe('猫犬猫…')
  expect(fitText('猫', 10, 1)).toBe('…')
})
