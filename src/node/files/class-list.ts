/** @file A list of class names in a text file: one a line, background not listed, empty lines passed over. */
import { classNameFault } from '../../dataset/class-name.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { readBounded } from './read-bounded.ts'

/** The largest published lists have 20,000 names in a third of this. */
const MOST_BYTES = 1e6

/** Reads class names. @throws SingleshotError E_FILE_MISSING; E_CLASS_LIST if none, one twice or one that cannot be shown */
export async function readClassList(file: string): Promise<string[]> {
  const rule = 'expected a text file of class names, one per line'
  const bytes = await readBounded(file, {
    most: MOST_BYTES,
    refuse: ({ got, cause }) =>
      new SingleshotError('E_FILE_MISSING', { where: 'readClassList', rule, got, file, cause }),
  })
  const lines = new TextDecoder().decode(bytes).split('\n')
  const names = new Map<string, number>()
  for (const [i, line] of lines.entries()) {
    const name = line.trim()
    if (name === '') continue
    if (names.has(name))
      throw refuse(`expected no class twice; ${name} is in line ${names.get(name)}`, file, i + 1)
    const fault = classNameFault(name)
    if (fault !== null) throw refuse(fault, file, i + 1, name)
    names.set(name, i + 1)
  }
  if (names.size === 0) throw refuse('expected at least one class name', file)
  return [...names.keys()]
}

function refuse(rule: string, file: string, line?: number, got?: string): SingleshotError {
  return new SingleshotError('E_CLASS_LIST', {
    where: 'readClassList',
    rule,
    file,
    ...(got !== undefined && { got }),
    ...(line !== undefined && { object: `line ${line}` }),
  })
}
