/**
 * @file The check of options that are one share, 0..1, for functions that should stay small: a page that takes only NMS
 * from this package should not load a validation library with it. The messages are those of {@link checkOptions}; a test
 * holds the two together.
 */
import { formatValue, SingleshotError } from '../error/singleshot-error.ts'
import { didYouMean } from '../error/suggest.ts'

/**
 * A share among options that have no other name.
 * @param options as they were given @param name of the share @param where the function that they were given to
 * @returns the share; undefined where it is not given
 * @throws SingleshotError E_CONFIG for another name, or a value that is no number from 0 to 1
 */
export function checkShare(options: unknown, name: string, where: string): number | undefined {
  const refuse = (rule: string) => new SingleshotError('E_CONFIG', { where, rule })
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw refuse(`expected an object, got ${found(options)}`)
  const unknown = Object.keys(options).filter((key) => key !== name)
  if (unknown.length > 0)
    throw refuse(
      unknown
        .map((key) => `${formatValue(key)}: there is no such setting${meant(key, name)}`)
        .join('; '),
    )
  const value = (options as Record<string, unknown>)[name]
  const good = typeof value === 'number' && value >= 0 && value <= 1
  if (value === undefined || good) return value
  throw refuse(`${name}: expected a number from 0 to 1, got ${found(value)}`)
}

function meant(key: string, name: string): string {
  const near = didYouMean(key, [name])
  return near === '' ? `; there are ${name}` : near
}

/** Text in quotes, so that "3" is seen to be no number. */
function found(value: unknown): string {
  return formatValue(typeof value === 'string' ? JSON.stringify(value) : value)
}
