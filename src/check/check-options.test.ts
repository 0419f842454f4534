import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { type CheckOrigin, checkOptions } from './check-options.ts'

const schema = z.strictObject({
  share: z.number().min(0).max(1).optional(),
  count: z.number().int().min(1).optional(),
  flag: z.boolean().optional(),
  name: z.enum(['sgd', 'adamw']).optional(),
  choice: z.union([z.literal('whole'), z.number().min(0).max(1)]).optional(),
  pair: z.tuple([z.number(), z.number()]).optional(),
  list: z.array(z.string().min(1).max(9)).min(1).max(3).optional(),
  inner: z.strictObject({ side: z.number().positive() }).optional(),
  rates: z.record(z.string(), z.number().min(0)).optional(),
})

const check = (value: unknown, origin?: CheckOrigin) => checkOptions(schema, value, 'f', origin)
const messageOf = (value: unknown): string => {
  try {
    check(value)
  } catch (error) {
    return (error as Error).message
  }
  return 'accepted'
}

describe('checkOptions', () => {
  it('gives back what it was given, without what is undefined', () => {
    expect(check({ share: 0.5, count: undefined })).toStrictEqual({ share: 0.5 })
    expect(check({})).toStrictEqual({})
  })

  it.each([
    [{ share: 1.5 }, 'f: share: expected a number from 0 to 1, got 1.5'],
    [{ share: Number.NaN }, 'f: share: expected a number from 0 to 1, got NaN'],
    [{ share: '0.5' }, 'f: share: expected a number from 0 to 1, got "0.5"'],
    [{ share: null }, 'f: share: expected a number from 0 to 1, got null'],
    [{ count: 1.5 }, 'f: count: expected a whole number of at least 1, got 1.5'],
    [
      { count: Number.POSITIVE_INFINITY },
      'f: count: expected a whole number of at least 1, got Infinity',
    ],
    [{ flag: 1 }, 'f: flag: expected true or false, got 1'],
    [{ name: 'adam' }, 'f: name: expected one of sgd, adamw, got "adam"'],
    [{ choice: 'half' }, 'f: choice: expected whole or a number from 0 to 1, got "half"'],
    [{ choice: 2 }, 'f: choice: expected whole or a number from 0 to 1, got 2'],
    [{ pair: [1] }, 'f: pair: expected a list of 2 entries, got [1]'],
    [{ pair: [1, '2'] }, 'f: pair.1: expected a number, got "2"'],
    [{ list: [] }, 'f: list: expected a list of 1 to 3 entries, got []'],
    [{ list: [''] }, 'f: list.0: expected text of 1 to 9 characters, got ""'],
    [{ inner: {} }, 'f: inner.side: expected a number above 0, got nothing'],
    [{ rates: { head: -1 } }, 'f: rates.head: expected a number of at least 0, got -1'],
    [{ shares: 1 }, 'f: shares: there is no such setting; did you mean share?'],
    [{ inner: { side: 1, foo: 1 } }, 'f: inner.foo: there is no such setting; there are side'],
    [7, 'f: expected an object, got 7'],
    [null, 'f: expected an object, got null'],
    [[], 'f: expected an object, got []'],
  ])('%j is refused with what is allowed', (value, message) => {
    expect(messageOf(value)).toBe(message)
  })

  it('names every wrong place, and counts them when they are many', () => {
    expect(messageOf({ share: 2, flag: 0 })).toBe(
      'f: share: expected a number from 0 to 1, got 2; flag: expected true or false, got 0',
    )
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`wrong${i}`, i]))
    expect(messageOf(many)).toMatch(/wrong7: .*; and 12 more$/)
  })

  it('refuses with E_CONFIG, or the code, file and remedy of whoever asks', () => {
    const refusal = (origin?: CheckOrigin) => {
      try {
        return check({ share: 2 }, origin)
      } catch (error) {
        return error
      }
    }
    expect(refusal()).toMatchObject({ code: 'E_CONFIG' })
    const origin = { code: 'E_MODEL_FILE', file: 'm.bin', remedy: 'Do this.', opening: 'no: ' }
    expect(refusal(origin as CheckOrigin)).toMatchObject({
      code: 'E_MODEL_FILE',
      message: 'f: no: share: expected a number from 0 to 1, got 2 (m.bin)',
      remedy: 'Do this.',
    })
  })
})
