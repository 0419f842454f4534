import { expect, test } from 'vitest'
import { handMadeModel, traceByHand } from './hand-made.ts'
import { readTrace } from './read-trace.ts'
import { TRACE_VERSION, traceSchema } from './trace.ts'
import { traceJsonSchema } from './trace-schema.ts'

const picture = { width: 160, height: 120 }
const trace = await traceByHand({
  config: handMadeModel(),
  picture,
  answers: [{ anchor: 1, chances: [0.75, 0.125] }],
  objects: [{ box: { x1: 40, y1: 0, x2: 80, y2: 60 }, classId: 0 }],
})

test('a trace survives JSON as it is', () => {
  expect(readTrace(JSON.parse(JSON.stringify(trace)), 'a.json')).toEqual(trace)
  expect(traceSchema.parse(trace)).toEqual(trace)
})

test('a trace of another version is refused with what to do', () => {
  expect(() => readTrace({ ...trace, version: TRACE_VERSION + 1 }, 'old.json')).toThrow(
    `readTrace: expected a trace of version ${TRACE_VERSION}; make it again with this version's \`singleshot why --trace\`, got ${TRACE_VERSION + 1} (old.json)`,
  )
  expect(() => readTrace(null, 'a.json')).toThrow(/expected a trace of version/)
})

test('a damaged trace is refused, naming the place', () => {
  const damaged = { ...trace, picture: { width: '160', height: 120 } }
  expect(() => readTrace(damaged, 'a.json')).toThrow(
    /expected a whole trace; picture\.width: .*\(a\.json\)/,
  )
})

test('the published JSON Schema is that of the type', async () => {
  const schema = `${JSON.stringify(traceJsonSchema(), null, 2)}\n`
  await expect(schema).toMatchFileSnapshot('../../docs/trace.schema.json') // npx vitest -u writes it
  expect(schema).toContain('"additionalProperties": false')
})
