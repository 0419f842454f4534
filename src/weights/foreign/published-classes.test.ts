import { describe, expect, it } from 'vitest'
import { COCO_CLASSES, likelyClasses, VOC_CLASSES } from './published-classes.ts'

/** The ids that COCO's annotation files never use. */
const UNUSED = [12, 26, 29, 30, 45, 66, 68, 69, 71, 83]

describe("COCO's columns", () => {
  it('are the 90 ids of its annotation files, in their order', () => {
    expect(COCO_CLASSES).toHaveLength(90)
    const idOf = (name: string) => COCO_CLASSES.indexOf(name) + 1
    expect(['person', 'stop sign', 'zebra', 'dining table', 'toothbrush'].map(idOf)).toEqual([
      1, 13, 24, 67, 90,
    ])
  })

  it('keep those that were never used, under names of their own', () => {
    expect(COCO_CLASSES.filter((name) => name.startsWith('N/A'))).toEqual(
      UNUSED.map((id) => `N/A ${id}`),
    )
    expect(COCO_CLASSES[11]).toBe('N/A 12')
    expect(new Set(COCO_CLASSES).size).toBe(90)
  })
})

describe('classes that a file does not name', () => {
  it("are COCO's or Pascal VOC's if there are as many", () => {
    expect(likelyClasses(90)).toEqual({ names: COCO_CLASSES, from: 'coco' })
    expect(likelyClasses(20)).toEqual({ names: VOC_CLASSES, from: 'voc' })
    expect(VOC_CLASSES).toEqual(VOC_CLASSES.toSorted())
  })

  it('else have numbers', () => {
    expect(likelyClasses(2)).toEqual({ names: ['class 1', 'class 2'], from: 'numbered' })
  })
})
