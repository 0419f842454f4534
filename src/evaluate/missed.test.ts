import { describe, expect, it } from 'vitest'
import { missedObjects } from './missed.ts'

const at = (x1: number, classId = 0, difficult = false) => ({
  box: { x1, y1: 5, x2: x1 + 10, y2: 25 },
  classId,
  difficult,
})
const found = (x1: number, score: number, classId = 0) => ({ ...at(x1, classId), score })

describe('missedObjects', () => {
  it('tells the objects that no detection of their class hits', () => {
    const groundTruth = [at(0), at(40), at(80, 1)]
    // The first is hit; beside the second a box lies too far off; on the third sits the wrong class.
    const detections = [found(1, 0.9), found(46, 0.9), found(80, 0.9, 0)]
    expect([...missedObjects({ groundTruth, detections })]).toEqual([1, 2])
  })

  it('lets one detection take one object only', () => {
    const groundTruth = [at(0), at(1)]
    expect([...missedObjects({ groundTruth, detections: [found(0, 0.9)] })]).toEqual([1])
  })

  it('counts no difficult object, and all of a picture without detections', () => {
    const groundTruth = [at(0), at(40, 0, true)]
    expect([...missedObjects({ groundTruth, detections: [] })]).toEqual([0])
  })

  it('follows the threshold that it is given', () => {
    const image = { groundTruth: [at(0)], detections: [found(4, 0.9)] } // IoU 6 / 14
    expect(missedObjects(image).size).toBe(1)
    expect(missedObjects(image, { iouThreshold: 0.4 }).size).toBe(0)
  })
})
