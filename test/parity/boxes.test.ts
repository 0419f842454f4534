import { describe, expect, test } from 'vitest'
import { toCentreSizes, toCorners } from '../../src/box/convert.ts'
import { iouMatrix } from '../../src/box/iou.ts'
import { decodeOffsets, encodeOffsets } from '../../src/coder/log.ts'
import { nmsPerClass } from '../../src/detect/nms.ts'
import { expectClose, flatten, readGolden } from './golden.ts'

type Rows = readonly (readonly number[])[]

const golden = readGolden<{
  iou: { a: Rows; b: Rows; matrix: Rows }
  encode: { anchors: Rows; boxes: Rows; offsets: Rows }
  decode: { anchors: Rows; offsets: Rows; boxes: Rows }
  nms: { boxes: Rows; scores: number[]; classes: number[]; kept: Record<string, number[]> }
}>('boxes.json')

describe('box arithmetic equals torchvision', () => {
  test('iouMatrix and box_iou', () => {
    const { a, b, matrix } = golden.iou
    expectClose(iouMatrix(flatten(a), flatten(b)), matrix)
  })

  test('encodeOffsets and BoxCoder.encode', () => {
    const { anchors, boxes, offsets } = golden.encode
    const encoded = encodeOffsets(toCentreSizes(flatten(boxes)), toCentreSizes(flatten(anchors)))
    expectClose(encoded, offsets, 1e-5)
  })

  test('decodeOffsets and BoxCoder.decode, with stretches beyond the clamp', () => {
    const { anchors, offsets, boxes } = golden.decode
    const decoded = decodeOffsets(flatten(offsets), toCentreSizes(flatten(anchors)))
    expectClose(toCorners(decoded), boxes, 1e-5)
  })

  test.each(Object.keys(golden.nms.kept))('nmsPerClass and batched_nms at IoU %s', (threshold) => {
    const { boxes, scores, classes, kept } = golden.nms
    const nmsIouThreshold = Number(threshold)
    const ours = nmsPerClass(flatten(boxes), Float32Array.from(scores), classes, {
      nmsIouThreshold,
    })
    expect(ours).toEqual(kept[threshold])
  })
})
