import { describe, expect, it } from 'vitest'
import type { LabelReport, LabelSuspicion } from '../node/data/label-doctor.ts'
import { describeSuspicions } from './doctor-labels.ts'

const box = { x1: 10, y1: 20.4, x2: 50, y2: 40 }
const beside = { x1: 22, y1: 24, x2: 62, y2: 44 }

const suspicion = (change: Partial<LabelSuspicion>): LabelSuspicion => ({
  ...{ kind: 'class', file: 'images/a.jpg', object: 3, className: 'cat', box, loss: 2.5 },
  ...{ proposal: { className: 'dog', box }, confidence: 0.914 },
  ...change,
})

const report = (suspicions: readonly LabelSuspicion[]): LabelReport => ({
  ...{ data: 'cells', format: 'coco', pictures: 9, objects: 30, classes: ['cat', 'dog'] },
  ...{ outOfFold: true, leftOut: [], suspicions },
})

describe('describeSuspicions', () => {
  it.each<[Partial<LabelSuspicion>, string]>([
    [{}, '0.91  images/a.jpg, object 3: labelled cat, perhaps dog'],
    [
      { kind: 'missing', object: null, className: null, box: null },
      '0.91  images/a.jpg: perhaps a forgotten dog at 10,20 to 50,40',
    ],
    [
      { kind: 'spurious', proposal: null },
      '0.91  images/a.jpg, object 3: labelled cat, perhaps nothing',
    ],
    [
      { kind: 'shifted', proposal: { className: 'cat', box: beside } },
      '0.91  images/a.jpg, object 3: cat at 10,20 to 50,40, perhaps at 22,24 to 62,44',
    ],
  ])('says where it is, and what it may be: %j', (change, line) => {
    expect(describeSuspicions(report([suspicion(change)]), 5)).toBe(line)
  })

  it('counts those that it does not list', () => {
    const lines = describeSuspicions(report([1, 2, 3].map(() => suspicion({}))), 2).split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toBe('… and 1 more (--all)')
    expect(describeSuspicions(report([]), 2)).toBe('')
  })
})
