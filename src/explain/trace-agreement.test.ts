import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CAT, cat, dog, traceOf } from '../../test/support/cats-and-dogs.ts'
import { readTrace } from './read-trace.ts'
import type { Trace } from './trace.ts'
import { findFault } from './trace-agreement.ts'
import { whyMissed } from './why.ts'
import { whyPicture } from './why-picture.ts'

const detect = (changes: object) => ({
  detect: {
    scoreThreshold: 0.1,
    nmsIouThreshold: 0.45,
    maxCandidates: 400,
    maxDetections: 200,
    ...changes,
  },
})

/** Traces in which objects are found, suppressed, over a limit, taken for others, or not seen. */
const TRACES: readonly Trace[] = await Promise.all([
  traceOf([CAT], [{ anchor: 1, chances: [0.75, 0.125] }]),
  traceOf(undefined, [{ anchor: 1, chances: [0.75, 0.125] }]),
  traceOf(
    [CAT, dog(40, 0, 60, 20), cat(62, 21, 79, 39)],
    [
      { anchor: 1, chances: [0.3, 0.6] },
      { anchor: 2, chances: [0.2, 0.7], box: [22, 0, 42, 20] },
      { anchor: 3, chances: [0.4, 0.2], box: [24, 0, 44, 20] },
      { anchor: 7, chances: [0.05, 0.02] },
    ],
  ),
  traceOf(
    [CAT, cat(0, 0, 20, 20)],
    [
      { anchor: 0, chances: [0.9, 0] },
      { anchor: 1, chances: [0.8, 0] },
      { anchor: 2, chances: [0.85, 0] },
    ],
    detect({ maxDetections: 2 }),
  ),
  traceOf(
    [CAT, dog(0, 20, 20, 40)],
    [
      { anchor: 1, chances: [0.6, 0.3] },
      { anchor: 4, chances: [0.1, 0.3], box: [1, 20, 21, 40] },
      { anchor: 5, chances: [0.7, 0.1], box: [21, 0, 41, 20] },
    ],
    detect({ maxCandidates: 1 }),
  ),
])

/** Everything that is told of a trace. */
function tellAll(trace: Trace): void {
  whyPicture(trace)
  const { width, height } = trace.picture
  const box = { x1: 0, y1: 0, x2: width, y2: height }
  whyMissed(trace, { box })
  whyMissed(trace, { box, classId: 0 })
  for (const object of trace.objects.keys()) whyMissed(trace, { object }, { shownScore: 0.9 })
}

type Json = Record<string, unknown> | unknown[]

/** Every place of a value that is neither list nor object, as the owner and the key. */
function leavesOf(value: unknown): { owner: Json; key: string }[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0
      ? leavesOf(inner)
      : [{ owner: value as Json, key }],
  )
}

const LISTS = ['featureMaps', 'objects', 'anchors', 'detections'] as const
const values = fc.oneof(
  fc.integer({ min: -1, max: 9 }),
  fc.constantFrom(
    null,
    0.5,
    0.95,
    1e9,
    2 ** 53,
    -1e300,
    'cat',
    'kept',
    'suppressed',
    'no-area',
    'max-detections',
  ),
  fc.double({ min: 0, max: 1, noNaN: true }),
)
const change = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('set' as const), at: fc.nat(), value: values }),
  },
  fc.record({
    kind: fc.constantFrom('drop' as const, 'double' as const),
    at: fc.nat(),
    list: fc.constantFrom(...LISTS),
  }),
)

function mutate(
  trace: Trace,
  changes: readonly (typeof change extends fc.Arbitrary<infer T> ? T : never)[],
): unknown {
  const mutant = structuredClone(trace)
  for (const one of changes)
    if (one.kind === 'set') {
      const leaves = leavesOf(mutant)
      const { owner, key } = leaves[one.at % leaves.length]!
      ;(owner as Record<string, unknown>)[key] = one.value
    } else {
      const list: unknown = mutant[one.list]
      // An earlier change may have put something else in the list's place.
      if (!Array.isArray(list) || list.length === 0) continue
      const at = one.at % list.length
      if (one.kind === 'drop') list.splice(at, 1)
      else list.push(structuredClone(list[at]))
    }
  return mutant
}

describe('a trace', () => {
  it('of a detector belongs together', () => {
    for (const trace of TRACES) {
      expect(findFault(trace)).toBeUndefined()
      expect(() => tellAll(trace)).not.toThrow()
    }
  })

  it('that is accepted can be told of, however it was changed', () => {
    let accepted = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...TRACES),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (trace, changes) => {
          const mutant = mutate(trace, changes)
          let read: Trace
          try {
            read = readTrace(mutant, 'a.json')
          } catch (error) {
            expect(error).toMatchObject({ code: 'E_TRACE' })
            return
          }
          accepted += 1
          tellAll(read)
        },
      ),
      { numRuns: 300 },
    )
    expect(accepted).toBeGreaterThan(20)
  })

  it.each<[what: string, change: (trace: Trace) => void, message: RegExp]>([
    [
      'a class that is not there',
      ({ objects }) => Object.assign(objects[0]!, { classId: 2 }),
      /objects\.0\.classId: expected a number below 2, got 2/,
    ],
    [
      'no feature map',
      ({ featureMaps }) => featureMaps.pop(),
      /featureMaps: expected 1 entries, got 0/,
    ],
    ['an anchor too few', ({ anchors }) => anchors.pop(), /anchors: expected 8 entries, got 7/],
    [
      'an anchor elsewhere',
      ({ anchors }) => anchors.reverse(),
      /anchors\.0: expected it in its cell/,
    ],
    [
      'a detection of no anchor',
      ({ detections }) => Object.assign(detections[0]!, { anchor: 8 }),
      /detections\.0\.anchor: expected a number below 8, got 8/,
    ],
    [
      'another score',
      ({ anchors }) => Object.assign(anchors[1]!.verdicts[0]!, { score: 0.5 }),
      /anchors\.1\.verdicts\.score: expected 0\.75, got 0\.5/,
    ],
    [
      'too few logits',
      ({ anchors }) => anchors[1]!.predicted.logits.pop(),
      /anchors\.1\.predicted\.logits: expected 3 entries, got 2/,
    ],
    [
      'an IoU too few',
      ({ anchors }) => anchors[1]!.ious.pop(),
      /anchors\.1\.ious: expected 1 entries, got 0/,
    ],
    [
      'a name of another class',
      ({ detections }) => Object.assign(detections[0]!, { className: 'dog' }),
      /detections\.0\.className: expected cat, got dog/,
    ],
    [
      'a picture of no size',
      ({ picture }) => Object.assign(picture, { width: 0 }),
      /picture\.width: expected whole pixels/,
    ],
  ])('with %s is refused', (_, change, message) => {
    const trace = structuredClone(TRACES[0]!)
    change(trace)
    expect(() => readTrace(trace, 'a.json')).toThrow(
      expect.objectContaining({ code: 'E_TRACE', message: expect.stringMatching(message) }),
    )
  })
})
