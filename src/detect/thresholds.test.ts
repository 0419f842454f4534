import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generateAnchors } from '../anchor/anchors.ts'
import { matchAnchors } from '../match/match.ts'
import { CandidateQueue } from './candidates.ts'
import { nms, nmsPerClass } from './nms.ts'
import { selectDetections } from './select.ts'

const size = { width: 30, height: 20 }
const anchors = generateAnchors([
  { gridWidth: 1, gridHeight: 1, strideX: 30, strideY: 20, shapes: [size] },
])
const corners = Float32Array.of(0, 0, 30, 20)
const score = Float32Array.of(0.9)
const select = (options: object) =>
  selectDetections(Float32Array.of(0, 1), new Float32Array(4), anchors, {
    classes: ['cat'],
    inputSize: size,
    imageSize: size,
    ...options,
  })

/** Every function of the core that takes a threshold by itself, and the threshold. */
const TAKERS: Readonly<Record<string, (threshold: unknown) => unknown>> = {
  nms: (nmsIouThreshold) => nms(corners, score, { nmsIouThreshold } as object),
  nmsPerClass: (nmsIouThreshold) => nmsPerClass(corners, score, [0], { nmsIouThreshold } as object),
  'selectDetections, score': (scoreThreshold) => select({ scoreThreshold }),
  'selectDetections, IoU': (nmsIouThreshold) => select({ nmsIouThreshold }),
  matchAnchors: (matchIouThreshold) =>
    matchAnchors(corners, corners, { matchIouThreshold } as object),
  CandidateQueue: (threshold) =>
    new CandidateQueue(Float32Array.of(0.1, 0.9), 1, threshold as number),
}

describe.each(Object.entries(TAKERS))('%s', (_, take) => {
  it('takes every threshold above 0 and up to 1, and refuses every other value by its code', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.anything()), (threshold) => {
        const fits = typeof threshold === 'number' && threshold > 0 && threshold <= 1
        fc.pre(threshold !== undefined && !Object.is(threshold, 0) && !Object.is(threshold, -0))
        if (fits) expect(() => take(threshold)).not.toThrow()
        else expect(() => take(threshold)).toThrow(expect.objectContaining({ code: 'E_CONFIG' }))
      }),
    )
  })
})

it('limits are whole numbers from 1 up', () => {
  for (const limit of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '3', null])
    for (const name of ['maxCandidates', 'maxDetections'])
      expect(() => select({ [name]: limit }), `${name} ${limit}`).toThrow(
        expect.objectContaining({ code: 'E_CONFIG' }),
      )
  expect(select({ maxCandidates: 1, maxDetections: Number.MAX_SAFE_INTEGER })).toHaveLength(1)
})

it('an unknown matcher is refused', () => {
  expect(() => matchAnchors(corners, corners, { matcher: 'greedy' } as object)).toThrow(
    'matchAnchors: matcher: expected one of bipartite, overwriting, got "greedy"',
  )
})

it('probabilities that are no whole rows are refused', () => {
  expect(() => new CandidateQueue(new Float32Array(5), 2, 0.1)).toThrow(
    expect.objectContaining({ code: 'E_SHAPE' }),
  )
})
