/** @file Exported ONNX files as other programs run them: ONNX Runtime, and nothing of ours. */
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { expect } from 'vitest'
import type { Size } from '../../src/box/box.ts'
import { generateScene } from '../../src/dataset/shapes.ts'
import type { Detection } from '../../src/detect/detection.ts'
import type { Image } from '../../src/image/image.ts'

/** A picture of the network's size: what goes in is then the same on both sides. */
export function scene(seed: number, size: Size): Image {
  return generateScene(seed, 0, { size, emptyShare: 0 }).image
}

/** Detections of an exported file with NMS, in a picture of its input's size. */
export async function detectElsewhere(file: Uint8Array, { width, height, data }: Image) {
  const session = await InferenceSession.create(file, { logSeverityLevel: 3, intraOpNumThreads: 1 })
  const images = new Tensor('uint8', data, [1, height, width, 3])
  const { boxes, scores, labels } = await session.run({ images })
  return [...(scores!.data as Float32Array)].map((score, i) => {
    const [x1, y1, x2, y2] = (boxes!.data as Float32Array).subarray(4 * i, 4 * i + 4)
    return { box: { x1, y1, x2, y2 }, classId: (labels!.data as Int32Array)[i]!, score }
  })
}

/** What the file found. */
export type Found = Awaited<ReturnType<typeof detectElsewhere>>

/** The same detections, best first; only scores that hardly differ may have changed places. */
export function expectSame(found: Found, expected: readonly Detection[]) {
  expect(found).toHaveLength(expected.length)
  const scores = found.map(({ score }) => score)
  expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  const waiting = [...found]
  for (const detection of expected) {
    const at = waiting.findIndex((other) => isSame(other, detection))
    expect(at, `${JSON.stringify(detection)} of ${found.length}`).toBeGreaterThanOrEqual(0)
    waiting.splice(at, 1)
  }
}

function isSame(found: Found[number], { box, classId, score }: Detection): boolean {
  const sides = ['x1', 'y1', 'x2', 'y2'] as const
  return (
    found.classId === classId &&
    Math.abs(found.score - score) < 1e-4 &&
    sides.every((side) => Math.abs(found.box[side]! - box[side]) < 0.05)
  )
}
