import { expect, it } from 'vitest'
import { detectionsSvg } from '../../draw/detections-svg.ts'
import { drawOver } from './write-image.ts'

it.each([
  '\uffff',
  '\ufffe',
  '\ud800',
  '\udfff',
  '\u0000',
  '\u009b',
  ']]>',
  '&#0;',
  '<',
  '猫',
  '👩‍🚀',
])('a class called %j is drawn like any other', async (className) => {
  const size = { width: 48, height: 20 }
  const image = { ...size, data: new Uint8Array(48 * 20 * 3).fill(90) }
  const box = { x1: 2, y1: 12, x2: 40, y2: 19 }
  const svg = detectionsSvg(size, [{ box, classId: 0, className, score: 0.5 }])
  const drawn = await drawOver(image, svg)
  expect(Buffer.compare(drawn.data, image.data)).not.toBe(0)
})
