import { describe, expect, it } from 'vitest'
import type { Box } from '../box/box.ts'
import type { SeenLabel, SeenPicture } from './seen-picture.ts'
import { findSuspicions, type SuspicionKind } from './suspicions.ts'

const BOX: Box = { x1: 10, y1: 20, x2: 50, y2: 40 }
const BESIDE: Box = { x1: 22, y1: 24, x2: 62, y2: 44 }

/** A detection of a class, with a score. */
const detection = (classId: number, score: number, box = BOX) => ({
  ...{ box, classId, score, className: ['cat', 'dog'][classId]! },
})

/** A label of the first class that the network supports as usual. */
function usualLabel(i: number): SeenLabel {
  const score = 0.6 + 0.02 * (i % 10)
  return {
    label: { box: BOX, classId: 0, difficult: false },
    support: [score, 0.01],
    detection: detection(0, score),
    iou: 0.85,
    fit: 0.9,
  }
}

/** A label of the second class, of which the network is less sure. */
const faintLabel = (): SeenLabel => ({
  label: { box: BOX, classId: 1, difficult: false },
  support: [0.01, 0.2],
  detection: detection(1, 0.2),
  iou: 0.7,
  fit: 0.75,
})

const USUAL: SeenPicture = {
  labels: [
    ...Array.from({ length: 20 }, (_, i) => usualLabel(i)),
    ...Array.from({ length: 9 }, faintLabel),
  ],
  unlabelled: [],
}

/** What is found in a second picture, beside one in which everything is as usual. */
const findIn = (picture: Partial<SeenPicture>) =>
  findSuspicions([USUAL, { labels: [], unlabelled: [], ...picture }], 2)

const odd = (change: Partial<SeenLabel>): SeenLabel => ({ ...usualLabel(5), ...change })

describe('findSuspicions', () => {
  it('finds nothing where everything is as usual, also for a class of which the network is never sure', () => {
    expect(findIn({})).toEqual([])
    expect(findSuspicions([], 2)).toEqual([])
    expect(findSuspicions([{ labels: [], unlabelled: [] }], 2)).toEqual([])
  })

  it.each<[SuspicionKind, Partial<SeenLabel>]>([
    ['spurious', { support: [0.02, 0.01], detection: undefined, iou: 0, fit: 0 }],
    ['class', { support: [0.02, 0.19], detection: detection(1, 0.19) }],
    ['shifted', { detection: detection(0, 0.7, BESIDE), iou: 0.5, fit: 0.6 }],
  ])('finds a %s label, and names its place, its box and its loss', (kind, change) => {
    const label = odd(change)
    const [found, ...others] = findIn({ labels: [usualLabel(3), label] })
    expect(others).toEqual([])
    expect(found).toMatchObject({ kind, picture: 1, label: 1, box: BOX })
    expect(found!.loss).toBeCloseTo(-Math.log(label.support[0]!), 6)
    expect(found!.confidence).toBeGreaterThan(0.3)
    expect(found!.confidence).toBeLessThanOrEqual(1)
  })

  it('proposes the other class, the other box, or nothing', () => {
    const proposalOf = (change: Partial<SeenLabel>) =>
      findIn({ labels: [odd(change)] })[0]!.proposal
    expect(proposalOf({ support: [0.02, 0.19] })).toEqual({ box: BOX, classId: 1 })
    expect(proposalOf({ detection: detection(0, 0.7, BESIDE), iou: 0.5, fit: 0.6 })).toEqual({
      box: BESIDE,
      classId: 0,
    })
    expect(proposalOf({ support: [0, 0], detection: undefined, iou: 0, fit: 0 })).toBeUndefined()
  })

  it('takes a detection without a label for a forgotten object if the network is as sure of it as of labelled ones', () => {
    const found = findIn({
      unlabelled: [detection(0, 0.7), detection(0, 0.3), detection(1, 0.25)],
    })
    expect(found.map(({ kind, label, box, proposal }) => [kind, label, box, proposal])).toEqual([
      ['missing', undefined, undefined, { box: BOX, classId: 1 }],
      ['missing', undefined, undefined, { box: BOX, classId: 0 }],
    ])
  })

  it('does not call a box loose that the network itself is unsure of, or that one of its boxes fits', () => {
    expect(
      findIn({ labels: [odd({ detection: detection(0, 0.15, BESIDE), iou: 0.5, fit: 0.6 })] }),
    ).toEqual([])
    expect(
      findIn({ labels: [odd({ detection: detection(0, 0.7, BESIDE), iou: 0.5, fit: 0.9 })] }),
    ).toEqual([])
  })

  it('counts what seems wrong with many labels of a class for a weakness of the network', () => {
    const blind = odd({ support: [0, 0], detection: undefined, iou: 0, fit: 0 })
    const few = findIn({ labels: [blind] })
    const many = findIn({ labels: Array.from({ length: 20 }, () => blind) })
    expect(few[0]!.confidence).toBeGreaterThan(0.9)
    expect(many[0]!.confidence).toBeLessThan(0.4)
  })

  it('lists the surest first, ties by picture', () => {
    const found = findIn({
      labels: [odd({ support: [0.1, 0.02] }), odd({ support: [0, 0] })],
      unlabelled: [detection(0, 0.66)],
    })
    const confidences = found.map(({ confidence }) => confidence)
    expect(confidences).toEqual(confidences.toSorted((a, b) => b - a))
    expect(found[0]).toMatchObject({ kind: 'spurious', label: 1 })
  })
})
