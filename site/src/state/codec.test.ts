import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAddress, parseAddress } from './address.ts'
import { decodeValues, encodeValues } from './codec.ts'
import { boxes, choice, flag, number, objects } from './control.ts'

const controls = {
  threshold: number({ default: 0.5, min: 0, max: 1, step: 0.05 }),
  view: choice(['near', 'far'], 'near'),
  forced: flag(true),
  boxes: boxes([{ x1: 1, y1: 2, x2: 3, y2: 4 }], 2),
  objects: objects(),
}
const defaults = decodeValues(controls, new URLSearchParams())
const read = (text: string) => decodeValues(controls, new URLSearchParams(text))

describe('the state in the address', () => {
  it('writes nothing when everything is as at first', () => {
    expect(Object.values(encodeValues(controls, defaults)).every((text) => text === null)).toBe(
      true,
    )
  })

  it('writes what differs, and reads it back', () => {
    const box = { x1: 10, y1: 20, x2: 110.5, y2: 90 }
    const values = {
      ...defaults,
      threshold: 0.15,
      view: 'far' as const,
      forced: false,
      boxes: [box],
      objects: [{ box, classId: 3 }],
    }
    const words = encodeValues(controls, values)
    expect(words).toEqual({
      threshold: '0.15',
      view: 'far',
      forced: '0',
      boxes: '10,20,110.5,90',
      objects: '10,20,110.5,90,3',
    })
    expect(decodeValues(controls, new URLSearchParams(words as Record<string, string>))).toEqual(
      values,
    )
  })

  it('keeps "no boxes at all" apart from "as at first"', () => {
    expect(encodeValues(controls, { ...defaults, boxes: [], objects: [] })).toMatchObject({
      boxes: '',
      objects: '',
    })
    expect(read('boxes=&objects=')).toMatchObject({ boxes: [], objects: [] })
  })

  it.each([
    ['threshold=7', 1],
    ['threshold=-7', 0],
    ['threshold=0.33', 0.35],
    ['threshold=abc', 0.5],
    ['threshold=', 0.5],
    ['threshold=Infinity', 0.5],
  ])('%s means %d', (text, value) => {
    expect(read(text).threshold).toBe(value)
  })

  it('takes the default for garbage', () => {
    expect(read('view=up&forced=yes&boxes=1,2,3&objects=a,b,c,d,e')).toEqual(defaults)
    expect(read('boxes=1,2,3,1e9').boxes).toEqual(defaults.boxes)
  })

  it('turns an inverted box round, and leaves out boxes beyond the most', () => {
    const once = { x1: 1, y1: 2, x2: 5, y2: 6 }
    expect(read('boxes=5,6,1,2').boxes).toEqual([once])
    expect(read('boxes=1,2,5,6;1,2,5,6;1,2,5,6').boxes).toEqual([once, once])
  })

  it('never fails, whatever the address says', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const query = new URLSearchParams({ threshold: text, boxes: text, view: text })
        const { threshold } = decodeValues(controls, query)
        expect(threshold).toBeGreaterThanOrEqual(0)
        expect(threshold).toBeLessThanOrEqual(1)
        expect(parseAddress(text).query).toBeInstanceOf(URLSearchParams)
      }),
    )
  })
})

describe('an address', () => {
  it('names a lesson and its words, readable by people', () => {
    const query = new URLSearchParams({ boxes: '1,2,3,4;5,6,7,8' })
    const hash = formatAddress({ lesson: '02-overlap', query })
    expect(hash).toBe('#/02-overlap?boxes=1,2,3,4;5,6,7,8')
    const back = parseAddress(hash)
    expect([back.lesson, back.query.get('boxes')]).toEqual(['02-overlap', '1,2,3,4;5,6,7,8'])
  })

  it('may be empty', () => {
    expect(parseAddress('').lesson).toBe('')
  })
})
