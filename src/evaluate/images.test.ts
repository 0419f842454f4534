import { expect, test } from 'vitest'
import { checkClassIds } from './images.ts'

const classes = ['cat', 'dog']

test('ids of the class list pass, also in images without objects', () => {
  const images = [
    { groundTruth: [{ classId: 1 }], detections: [{ classId: 0 }] },
    { groundTruth: [], detections: [] },
  ]
  expect(() => checkClassIds(images, classes)).not.toThrow()
})

test.each([
  ['object 1', { groundTruth: [{ classId: 0 }, { classId: 2 }], detections: [] }],
  ['detection 0', { groundTruth: [], detections: [{ classId: 2 }] }],
])('an id outside it is refused: %s', (place, image) => {
  expect(() => checkClassIds([image], classes)).toThrow(
    `evaluate: expected a class id from 0 to 1, got 2 (image 0, ${place})`,
  )
})
