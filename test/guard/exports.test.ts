import { describe, expect, it } from 'vitest'
import { programOf, unnamedTypes } from './entry-types.ts'

const ENTRIES = ['src/index.ts', 'src/core.ts', 'src/web.ts', 'src/evaluate.ts']

describe('an entry point', () => {
  const program = programOf(ENTRIES)

  it.each(ENTRIES)('exports every type that it takes or gives: %s', (entry) => {
    const missing = unnamedTypes(program, entry)
    expect(missing.map(({ name, path, by }) => `${name} of ${path}, for ${by}`)).toEqual([])
  })

  it('that mentions a type without exporting it is found', () => {
    // A source file taken for an entry: it takes options of a type that another file declares.
    const [found] = unnamedTypes(programOf(['src/detect/detection.ts']), 'src/detect/detection.ts')
    expect(found).toEqual({ name: 'Box', path: 'src/box/box.ts', by: 'Detection' })
  })
})
