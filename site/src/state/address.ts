/**
 * @file The part of the address that is ours: which lesson, and the words after it.
 *
 *     #/02-overlap?boxes=10,20,110,90;60,50,160,120&picture=scene-7
 */

/** What an address says. */
export interface Address {
  /** Id of a lesson; empty for the first one. */
  readonly lesson: string
  readonly query: URLSearchParams
}

/** Reads the fragment of an address, with or without its `#`. Never fails. */
export function parseAddress(hash: string): Address {
  const text = hash.replace(/^#\/?/, '')
  const mark = text.indexOf('?')
  const lesson = mark < 0 ? text : text.slice(0, mark)
  return { lesson, query: new URLSearchParams(mark < 0 ? '' : text.slice(mark + 1)) }
}

/** Writes the fragment of an address. Commas and semicolons stay as they are, so that people can read it. */
export function formatAddress({ lesson, query }: Address): string {
  const words = query.toString().replaceAll('%2C', ',').replaceAll('%3B', ';')
  return `#/${lesson}${words === '' ? '' : `?${words}`}`
}
