import { describe, expect, it } from 'vitest'
import { ERRORS } from './codes.ts'
import { describeError, SingleshotError } from './singleshot-error.ts'

describe('SingleshotError', () => {
  it('reads: where: rule, got value (file, object)', () => {
    const error = new SingleshotError('E_BOX_ORDER', {
      where: 'readVoc',
      rule: 'expected xmin < xmax',
      got: [90, 40],
      file: 'cells/0042.xml',
      object: 'object 3',
    })
    expect(error.message).toBe(
      'readVoc: expected xmin < xmax, got [90, 40] (cells/0042.xml, object 3)',
    )
    expect(error.exitCode).toBe(65)
  })

  it('leaves out what is absent', () => {
    expect(new SingleshotError('E_WRITE', { where: 'save', rule: 'expected space' }).message).toBe(
      'save: expected space',
    )
  })

  it('writes NaN, undefined and objects so that they can be seen', () => {
    const message = (got: unknown) =>
      new SingleshotError('E_CONFIG', { where: 'f', rule: 'r', got }).message
    expect([message(Number.NaN), message(undefined), message({ a: 1 })]).toEqual([
      'f: r, got NaN',
      'f: r, got undefined',
      'f: r, got {"a":1}',
    ])
  })

  it('gives every code an exit code above 0, a meaning and a remedy', () => {
    for (const row of Object.values(ERRORS)) {
      expect(row.exit).toBeGreaterThan(0)
      expect(row.meaning.length * row.remedy.length).toBeGreaterThan(0)
    }
  })

  it('describeError gives the text of anything thrown', () => {
    expect([describeError(new Error('a')), describeError('b')]).toEqual(['a', 'b'])
  })
})
