/** @file Whatever the files of a format hold, its reader reads what is left or fails in our words. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryTree } from '../../test/support/memory-tree.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { FORMATS } from './formats.ts'
import type { LabelledObject } from './labels.ts'

const CLASSES = ['cat', 'dog & co', 'Vögel']

describe.each(FORMATS.map((format) => [format.name, format] as const))('%s', (_, format) => {
  it('fails in our words, or reads what is left, whatever a file holds', async () => {
    const box = { x1: 1, y1: 2, x2: 30, y2: 20 }
    const size = { width: 90, height: 40 }
    const whole = Object.fromEntries(
      format.write({
        classes: CLASSES,
        pictures: ['a', 'b'].map((id) => ({
          ...{ id, extension: '.png', size, split: undefined },
          objects: [{ number: 1, className: 'cat', box, outline: [1, 2, 30, 2, 30, 20] }],
        })),
      }),
    )
    const names = Object.keys(whole)
    const readAll = async (files: Readonly<Record<string, string>>): Promise<number> => {
      let count = 0
      const tree = memoryTree({ 'images/a.png': '', 'a.png': '', 'b.png': '', ...files })
      try {
        for (const { load } of (await format.read(tree)).entries) {
          const { objects: list } = await load().catch(ours)
          for (const { box: found } of list)
            expect(Object.values(found).every(Number.isFinite)).toBe(true)
          count += list.length
        }
      } catch (error) {
        ours(error)
      }
      return count
    }
    // A piece cut out anywhere, one place after the other: what chance may pass over for months.
    for (const name of names)
      for (let place = 0; place < whole[name]!.length; place++)
        for (const cut of [1, 5, 12]) {
          const text = whole[name]!
          await readAll({ ...whole, [name]: text.slice(0, place) + text.slice(place + cut) })
        }
    // A cut anywhere, or another value in the place of one: the text then is still JSON, YAML or a table.
    const edit = fc.record({
      word: fc.option(
        fc.constantFrom('null', '-1', '"x"', '[]', '{}', '1e308', 'true', '7', '""'),
        { nil: undefined },
      ),
      file: fc.nat(names.length - 1),
      at: fc.nat(999).map((n) => n / 1000),
      cut: fc.nat(12),
      put: fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.constantFrom(
          '{}',
          '[',
          'null',
          '-1',
          '1e999',
          '"',
          '<',
          '&x;',
          ',,',
          '\u0000',
          '__proto__',
        ),
      ),
    })
    let read = 0
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 4 }), async (edits) => {
        const files: Record<string, string> = { ...whole }
        for (const { file, at, cut, put, word } of edits) {
          const text = files[names[file]!]!
          files[names[file]!] =
            word === undefined ? cutText(text, { at, cut, put }) : changeWord(text, at, word)
        }
        read += await readAll(files)
      }),
      { numRuns: 150, examples: [[[]]] },
    )
    expect(read).toBeGreaterThan(0)
  })
})

/** A text with a piece cut out and another put in. @param at where, 0..1 */
function cutText(text: string, { at, cut, put }: { at: number; cut: number; put: string }): string {
  const place = Math.floor(at * text.length)
  return text.slice(0, place) + put + text.slice(place + cut)
}

/** A text with another value in the place of one of its numbers or quoted texts. */
function changeWord(text: string, at: number, word: string): string {
  const words = [...text.matchAll(/"(?:[^"\\]|\\.)*"(?!\s*:)|-?\d+(?:\.\d+)?/g)]
  const found = words[Math.floor(at * words.length)]
  if (found === undefined) return text
  return text.slice(0, found.index) + word + text.slice(found.index + found[0].length)
}

function ours(error: unknown): { objects: LabelledObject[] } {
  if (!(error instanceof SingleshotError)) throw error
  return { objects: [] }
}
