import { expect, test } from 'vitest'
import type { ErrorCode } from '../error/codes.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { countCodes, createProblemList } from './problem-list.ts'

const problem = (code: ErrorCode, file: string) =>
  new SingleshotError(code, { where: 'f', rule: 'r', file })

test('an image with several problems is left out once, and every problem is told', () => {
  const heard: SingleshotError[] = []
  const list = createProblemList({ onEvent: ({ problem }) => heard.push(problem) })
  const found = [problem('E_XML', 'a'), problem('E_BOX_ORDER', 'a'), problem('E_BOX_EMPTY', 'b')]
  list.leaveOutImage(found.slice(0, 2))
  list.leaveOutObject(found[2]!)
  expect(list.leftOut).toEqual({ images: 1, objects: 1 })
  expect(list.problems).toEqual(found)
  expect(heard).toEqual(found)
  expect(() => list.finish('set')).not.toThrow()
})

test('codes are counted, the commonest first', () => {
  const codes = ['E_XML', 'E_BOX_EMPTY', 'E_BOX_EMPTY'] as const
  expect(countCodes(codes.map((code) => problem(code, 'a')))).toBe('2 E_BOX_EMPTY, 1 E_XML')
})

test('if strict, a single problem is the error', () => {
  const list = createProblemList({ strict: true })
  const only = problem('E_XML', 'a.xml')
  list.leaveOutImage([only])
  expect(() => list.finish('set')).toThrow(only)
})

test('if strict, several are one error: ten by name, all by code and as its cause', () => {
  const list = createProblemList({ strict: true })
  for (let i = 0; i < 12; i++) list.leaveOutImage([problem('E_XML', `${i}.xml`)])
  list.leaveOutObject(problem('E_BOX_EMPTY', 'z.xml'))
  const error = refusalOf(() => list.finish('set train'))
  expect(error.code).toBe('E_XML')
  expect(error.message).toMatch(
    /^readData: expected data without problems in set train, got 13 \(12 E_XML, 1 E_BOX_EMPTY\): f: r \(0\.xml\); .*f: r \(9\.xml\); …$/,
  )
  expect((error.cause as AggregateError).errors).toEqual(list.problems)
})

function refusalOf(act: () => void): SingleshotError {
  try {
    act()
  } catch (error) {
    return error as SingleshotError
  }
  throw new Error('nothing was refused')
}
