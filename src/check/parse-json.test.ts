import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText } from './decode-text.ts'
import { parseJson } from './parse-json.ts'

const parse = (text: string) => parseJson(text, (rule, got) => new Error(`${rule}, got ${got}`))

describe('parseJson', () => {
  it('reads what JSON.parse reads, whatever the keys and texts', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 1), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(parse(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it('refuses a key that is named twice in one object, however it is written', () => {
    expect(() => parse('{"a":1,"b":{"a":2},"a":3}')).toThrow(
      'every key once in an object, got a twice',
    )
    expect(() => parse('{"a" : 1, "\\u0061"\n:3}')).toThrow('got a twice')
    expect(() => parse('[{"__proto__":1,"__proto__":2}]')).toThrow('got __proto__ twice')
    expect(parse('[{"a":"\\":,{\\"a\\":"},{"a":["a","a"]}]')).toEqual([
      { a: '":,{"a":' },
      { a: ['a', 'a'] },
    ])
  })

  it('refuses what is nested deeper than 64 levels, also by the million', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect(() => parse(nested(64))).not.toThrow()
    expect(parse(JSON.stringify('\n'.repeat(10_000_000)))).toHaveLength(10_000_000)
    for (const depth of [65, 10_000, 1_000_000])
      expect(() => parse(nested(depth))).toThrow('at most 64 levels')
  })

  it('refuses other text with the reason', () => {
    expect(() => parse('{"a":}')).toThrow(/^expected JSON, got \S/)
    expect(() => parse('')).toThrow(/expected JSON/)
  })
})

describe('decodeText', () => {
  const text = '{"a": "Käse"}'

  it('reads UTF-8 with and without a byte order mark', () => {
    const bytes = new TextEncoder().encode(text)
    expect(decodeText(bytes)).toBe(text)
    expect(decodeText(Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes]))).toBe(text)
  })

  it('reads UTF-16 of either byte order by its mark', () => {
    const little = [...`\uFEFF${text}`].flatMap((c) => [
      c.charCodeAt(0) & 255,
      c.charCodeAt(0) >> 8,
    ])
    const big = little.map((_, i) => little[i ^ 1]!)
    expect(decodeText(Uint8Array.from(little))).toBe(text)
    expect(decodeText(Uint8Array.from(big))).toBe(text)
  })

  it('reads no bytes that are not of the encoding', () => {
    expect(decodeText(Uint8Array.of(0x61, 0xff))).toBeUndefined()
    expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x61))).toBeUndefined()
  })
})
