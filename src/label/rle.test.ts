import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { boxOfRuns, decodeRuns } from './rle.ts'

interface Golden {
  readonly size: readonly [height: number, width: number]
  readonly counts: string
  readonly bbox: readonly [left: number, top: number, width: number, height: number]
}

const golden = JSON.parse(
  readFileSync(new URL('../../test/parity/coco-rle.json', import.meta.url), 'utf8'),
) as Golden[]

describe('run lengths', () => {
  it('are read as pycocotools wrote them, and have the boxes that it finds', () => {
    for (const { size, counts, bbox } of golden) {
      const runs = decodeRuns(counts)
      expect(runs.reduce((sum, run) => sum + run, 0)).toBe(size[0] * size[1])
      const { x1, y1, x2, y2 } = boxOfRuns(runs, size[0])!
      expect([x1, y1, x2 - x1, y2 - y1]).toEqual(bbox)
    }
    expect(golden.length).toBeGreaterThan(3)
  })

  it('of an empty mask have no box', () => {
    expect(boxOfRuns([24], 4)).toBeUndefined()
    expect(boxOfRuns([], 4)).toBeUndefined()
  })

  it('of a run that goes on in the next column touch the bottom of one and the top of the other', () => {
    // 4 high: rows 3 of column 0 and 0 of column 1.
    expect(boxOfRuns([3, 2, 7], 4)).toEqual({ x1: 0, y1: 0, x2: 2, y2: 4 })
  })
})
