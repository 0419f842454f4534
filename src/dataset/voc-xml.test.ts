import { expect, test } from 'vitest'
import { parseVocXml } from './voc-xml.ts'

const object = (name: string, inside: string) => `<object><name>${name}</name>${inside}</object>`
const bounds = (x1: number, y1: number, x2: number, y2: number) =>
  `<bndbox><xmin>${x1}</xmin><ymin>${y1}</ymin><xmax>${x2}</xmax><ymax>${y2}</ymax></bndbox>`
const annotation = (inside: string) =>
  `<annotation><filename>a.jpg</filename><size><width>64</width><height>48</height></size>${inside}</annotation>`

test('one object is a list of one, read as continuous corners', () => {
  const xml = annotation(object('cat', `<difficult>1</difficult>${bounds(1, 2, 30, 40)}`))
  expect(parseVocXml(xml, 'a.xml')).toEqual({
    filename: 'a.jpg',
    size: { width: 64, height: 48 },
    objects: [{ className: 'cat', box: { x1: 1, y1: 2, x2: 30, y2: 40 }, difficult: true }],
  })
})

test('coordinates may be fractions, and an object without a difficult flag is not difficult', () => {
  const [found] = parseVocXml(annotation(object('cat', bounds(0.5, 1.25, 3, 4e1))), 'a.xml').objects
  expect(found).toEqual({
    className: 'cat',
    box: { x1: 0.5, y1: 1.25, x2: 3, y2: 40 },
    difficult: false,
  })
})

test('a picture without objects is a picture without objects', () => {
  expect(parseVocXml(annotation(''), 'a.xml').objects).toEqual([])
})

test.each(['1e3', '007', 'true', 'salt &amp; pepper', '猫'])(
  'the class name %s stays text',
  (name) => {
    const [found] = parseVocXml(annotation(object(name, bounds(1, 2, 3, 4))), 'a.xml').objects
    expect(found?.className).toBe(name.replace('&amp;', '&'))
  },
)

test('spaces around values do not matter, and folders before the file name are dropped', () => {
  const xml =
    '<annotation><filename>C:\\photos\\b 1.JPG</filename>\n<object>\n <name> cat </name></object></annotation>'
  const { filename, objects } = parseVocXml(xml, 'a.xml')
  expect(filename).toBe('b 1.JPG')
  expect(objects[0]?.className).toBe('cat')
})

test('a size of 0, as some tools write it, is no size', () => {
  const xml = '<annotation><size><width>0</width><height>0</height></size></annotation>'
  expect(parseVocXml(xml, 'a.xml').size).toBeUndefined()
})

test('a box that is missing or has no number becomes NaN, for checkBox to refuse', () => {
  const xml = annotation(object('cat', '') + object('dog', '<bndbox><xmin>left</xmin></bndbox>'))
  const nothing = { x1: Number.NaN, y1: Number.NaN, x2: Number.NaN, y2: Number.NaN }
  expect(parseVocXml(xml, 'a.xml').objects.map(({ box }) => box)).toEqual([nothing, nothing])
})

test.each([
  ['an open tag', '<annotation>\n<object>'],
  ['another document', '<html><body/></html>'],
  ['nothing', ''],
  ['an empty annotation', '<annotation/>'],
  ['an object without a name', annotation(`<object>${bounds(1, 2, 3, 4)}</object>`)],
])('%s is refused with the name of the file', (_, xml) => {
  expect(() => parseVocXml(xml, 'broken.xml')).toThrow(/readVoc: expected .*\(broken.xml/)
})

test('entities of an attacker are not expanded', () => {
  const xml = `<!DOCTYPE a [<!ENTITY b "boom">]>${annotation(object('&b;', bounds(1, 2, 3, 4)))}`
  expect(parseVocXml(xml, 'a.xml').objects[0]?.className).toBe('&b;')
})
