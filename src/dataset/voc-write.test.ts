import { expect, test } from 'vitest'
import { writeVocXml } from './voc-write.ts'
import { parseVocXml } from './voc-xml.ts'

const classes = ['cat', 'salt & <pepper> "x"']
const example = {
  id: 'a',
  imagePath: 'JPEGImages/a.jpg',
  size: { width: 64, height: 48 },
  objects: [
    { box: { x1: 0, y1: 1.5, x2: 64, y2: 48 }, classId: 1, difficult: true },
    { box: { x1: 3, y1: 4, x2: 5, y2: 6 }, classId: 0, difficult: false },
  ],
}

test('what is written is read back: names, boxes with fractions, flags and size', () => {
  const { filename, size, objects, faults } = parseVocXml(
    writeVocXml(example, 'a & b.jpg', classes),
    'a.xml',
  )
  expect({ filename, size }).toEqual({ filename: 'a & b.jpg', size: example.size })
  const expected = example.objects.map(({ classId, ...rest }) => ({
    className: classes[classId],
    ...rest,
  }))
  expect(objects.map(({ className, box, difficult }) => ({ className, box, difficult }))).toEqual(
    expected,
  )
  expect(faults).toEqual([])
})

test('an example without objects is a whole annotation too', () => {
  expect(
    parseVocXml(writeVocXml({ ...example, objects: [] }, 'a.jpg', classes), 'a.xml').objects,
  ).toEqual([])
})
