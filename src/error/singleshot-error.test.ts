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

  it('writes what came from outside on one line, without control characters, whatever its size or depth', () => {
    const message = (got: unknown, file?: string) =>
      new SingleshotError('E_XML', { where: 'f', rule: 'r', got, ...(file && { file }) }).message
    expect(message('a\nb\u001b]0;x\u0007', 'c\u202etxt.xml')).toBe(
      'f: r, got a\\nb\\u001b]0;x\\u0007 (c\\u202etxt.xml)',
    )
    const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`)
    expect(message(deep)).toBe('f: r, got [[[…]]]')
    expect(message('x'.repeat(1e6)).length).toBeLessThan(400)
    expect(message(new Array(1e5).fill('class')).length).toBeLessThan(400)
    expect(message(new Float32Array(1e6))).toBe('f: r, got Float32Array of 4000000 bytes')
  })

  it('offers the remedy of its code, or of its own cause', () => {
    const error = (parts: object) =>
      new SingleshotError('E_WRITE', { where: 'f', rule: 'r', ...parts })
    expect(error({}).remedy).toBe(ERRORS.E_WRITE.remedy)
    expect(error({ remedy: 'Choose a folder.' }).remedy).toBe('Choose a folder.')
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
