import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { checkOptions } from './check-options.ts'
import { checkShare } from './check-share.ts'

const schema = z.strictObject({ share: z.number().min(0).max(1).optional() })
const said = (run: () => unknown) => {
  try {
    return { value: run() }
  } catch (error) {
    return { message: (error as Error).message }
  }
}

it('a share is checked as a schema would check it, word for word', () => {
  const value = fc.oneof(
    fc.double(),
    fc.double({ min: 0, max: 1 }),
    fc.constantFrom('0.5', null, undefined, true, [0.5], {}, -0, 1e-300, 1.0000001),
  )
  const options = fc.oneof(
    fc.record({ share: value }),
    fc.record({ shares: value }),
    fc.record({ share: value, other: value }),
    fc.constantFrom({}, [], null, 'share', 0.5),
  )
  fc.assert(
    fc.property(options, (given) => {
      const isSet = typeof given === 'object' && given !== null && !Array.isArray(given)
      const known = !isSet || Object.keys(given).every((key) => key === 'share')
      const full = said(() => checkOptions(schema, given, 'f').share)
      const own = said(() => checkShare(given, 'share', 'f'))
      if (known) expect(own).toEqual(full)
      // With another name beside it, a schema names a wrong value too.
      else
        expect([own, full].every(({ message }) => message?.includes('no such setting'))).toBe(true)
    }),
  )
})
