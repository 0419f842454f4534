/** @file That what differs between rules stands in their records: no code elsewhere asks which rule was chosen. */
import { expect, it } from 'vitest'
import { CODERS } from '../../src/coder/coders.ts'
import { CLASS_LOSSES } from '../../src/loss/class/class-losses.ts'
import { OFFSET_LOSSES } from '../../src/loss/offset/offset-losses.ts'
import { MATCHERS } from '../../src/match/matchers.ts'
import { BACKBONES } from '../../src/network/backbones/backbones.ts'
import { OPTIMISERS } from '../../src/optimiser/optimisers.ts'
import { read, sourceFiles } from './tree.ts'

const names = [
  ...CODERS,
  ...MATCHERS,
  ...CLASS_LOSSES,
  ...OFFSET_LOSSES,
  ...BACKBONES,
  ...OPTIMISERS,
].map(({ name }) => name)

/** Comparisons with the name of a rule, as `=== 'focal'` or `case 'focal'`. */
function comparisonsIn(text: string): string[] {
  return names.flatMap(
    (name) => text.match(new RegExp(`([!=]==? |case )['"]${name}['"]`, 'g')) ?? [],
  )
}

it('no source compares the name of a rule: a new rule is one file and one line in a list', () => {
  const found = sourceFiles().flatMap((path) =>
    comparisonsIn(read(path)).map((comparison) => `${path}: ${comparison}`),
  )
  expect(found).toEqual([])
  expect(comparisonsIn("if (loss.name === 'focal') …; case 'tiny':")).toHaveLength(2)
})
