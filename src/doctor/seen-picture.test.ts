import { describe, expect, it } from 'vitest'
import { anchorsOf } from '../anchor/model-anchors.ts'
import { cornersAt } from '../box/convert.ts'
import { scaleBox } from '../box/scale.ts'
import { tinyModel } from '../config/tiny.ts'
import { type AnchorAnswers, meanAnswers, seePicture } from './seen-picture.ts'

const config = tinyModel(['cat', 'dog'], { width: 96, height: 64 })
const anchors = anchorsOf(config)
const imageSize = { width: 192, height: 256 }
const columns = 3

/** Answers in which some anchors claim a class, all at their own place. */
function answersOf(
  claims: readonly (readonly [anchor: number, classId: number, p: number])[],
): AnchorAnswers {
  const probabilities = new Float32Array(anchors.count * columns)
  for (let a = 0; a < anchors.count; a++) probabilities[a * columns] = 1
  for (const [anchor, classId, p] of claims) {
    probabilities[anchor * columns] = 1 - p
    probabilities[anchor * columns + 1 + classId] = p
  }
  return { probabilities, offsets: new Float32Array(anchors.count * 4) }
}

/** Anchors far from each other that lie inside the picture. */
const inside = Array.from({ length: anchors.count }, (_, a) => a).filter((a) => {
  const { x1, y1, x2, y2 } = cornersAt(anchors.centreSizes, a)
  return x1 >= 0 && y1 >= 0 && x2 <= 96 && y2 <= 64
})
const [first, last] = [inside[0]!, inside.at(-1)!]
/** Where an anchor lies in the picture, which is not of the network's shape. */
const boxOf = (anchor: number) =>
  scaleBox(cornersAt(anchors.centreSizes, anchor), config.input, imageSize)
const label = (anchor: number, classId: number) => ({
  box: boxOf(anchor),
  classId,
  difficult: false,
})
const see = (answers: AnchorAnswers, labels: Parameters<typeof seePicture>[1]) =>
  seePicture(answers, labels, { config, anchors, imageSize })

describe('seePicture', () => {
  it('gives a label the detection on it, with the support of each class', () => {
    const seen = see(answersOf([[first, 1, 0.9]]), [label(first, 1)])
    expect(seen.unlabelled).toEqual([])
    const [one] = seen.labels
    expect(one!.support[0]).toBe(0)
    expect(one!.support[1]).toBeCloseTo(0.9)
    expect(one!.detection).toMatchObject({ classId: 1 })
    expect(one!.iou).toBeCloseTo(1, 3)
    expect(one!.fit).toBeCloseTo(1, 3)
  })

  it('gives a label of another class the same detection, and sees nothing on one in an empty place', () => {
    const seen = see(answersOf([[first, 1, 0.9]]), [label(first, 0), label(last, 0)])
    expect(seen.labels[0]).toMatchObject({ detection: { classId: 1 } })
    expect(seen.labels[1]).toMatchObject({ support: [0, 0], detection: undefined, iou: 0 })
  })

  it('leaves over what belongs to no label, one detection per place', () => {
    const claims = [
      [first, 1, 0.9],
      [first, 0, 0.05],
      [last, 0, 0.8],
    ] as const
    const seen = see(answersOf(claims), [label(first, 1)])
    expect(seen.unlabelled).toHaveLength(1)
    expect(seen.unlabelled[0]).toMatchObject({ classId: 0 })
    expect(seen.unlabelled[0]!.box.x1).toBeCloseTo(boxOf(last).x1, 2)
  })

  it('takes several networks for one: the mean of their answers', () => {
    const mean = meanAnswers([answersOf([[first, 1, 0.9]]), answersOf([[first, 1, 0.5]])])
    expect(see(mean, [label(first, 1)]).labels[0]!.support[1]).toBeCloseTo(0.7)
  })
})
