/** @file A list of class names in a text file: one a line, background not listed, empty lines passed over. */
import { readFile } from 'node:fs/promises'
import { describeError, SingleshotError } from '../error/singleshot-error.ts'

/** Reads class names. @throws SingleshotError E_FILE_MISSING; E_CLASS_LIST if none or one twice */
export async function readClassList(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new SingleshotError('E_FILE_MISSING', {
      where: 'readClassList',
      rule: 'expected a text file of class names, one a line',
      got: describeError(cause),
      file,
      cause,
    })
  })
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  const names = new Map<string, number>()
  for (const [i, line] of lines.entries()) {
    const name = line.trim()
    if (name === '') continue
    if (names.has(name))
      throw refuse(`expected no class twice; ${name} is in line ${names.get(name)}`, file, i + 1)
    names.set(name, i + 1)
  }
  if (names.size === 0) throw refuse('expected at least one class name', file)
  return [...names.keys()]
}

function refuse(rule: string, file: string, line?: number): SingleshotError {
  const object = line === undefined ? {} : { object: `line ${line}` }
  return new SingleshotError('E_CLASS_LIST', { where: 'readClassList', rule, file, ...object })
}
