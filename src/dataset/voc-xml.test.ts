import { assert, constantFrom, oneof, property, string, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SingleshotError } from '../error/singleshot-error.ts'
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
    objects: [
      { number: 1, className: 'cat', box: { x1: 1, y1: 2, x2: 30, y2: 40 }, difficult: true },
    ],
    faults: [],
  })
})

test('coordinates may be fractions, and an object without a difficult flag is not difficult', () => {
  const [found] = parseVocXml(annotation(object('cat', bounds(0.5, 1.25, 3, 4e1))), 'a.xml').objects
  expect(found).toEqual({
    number: 1,
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
    '<annotation><filename>C:\\photos\\b 1.JPG</filename>\n<object>\n <name> cat </name><bndbox><xmin>\n1 </xmin><ymin>2</ymin><xmax>3</xmax><ymax>4</ymax></bndbox></object></annotation>'
  const { filename, objects } = parseVocXml(xml, 'a.xml')
  expect(filename).toBe('b 1.JPG')
  expect(objects[0]?.className).toBe('cat')
})

test('a size of 0, as some tools write it, is no size', () => {
  const xml = '<annotation><size><width>0</width><height>0</height></size></annotation>'
  expect(parseVocXml(xml, 'a.xml').size).toBeUndefined()
})

/** The message of the only fault in an annotation whose objects are given. */
function faultOf(objects: string): string {
  const { faults, objects: good } = parseVocXml(annotation(objects), 'a.xml')
  expect(good).toEqual([])
  expect(faults).toHaveLength(1)
  return `${faults[0]!.code} ${faults[0]!.message} ${faults[0]!.remedy}`
}

describe('an object that cannot be read is named, and the others are read', () => {
  test('a good one between two bad ones', () => {
    const { objects, faults } = parseVocXml(
      annotation(object('', '') + object('dog', bounds(1, 2, 3, 4)) + object('cow', '')),
      'a.xml',
    )
    expect(objects.map(({ number, className }) => [number, className])).toEqual([[2, 'dog']])
    expect(faults.map(({ code, parts }) => [code, parts.object])).toEqual([
      ['E_XML', 'object 1'],
      ['E_BOX_FORMAT', 'object 3 cow'],
    ])
  })

  test('without a name', () => {
    expect(faultOf(`<object>${bounds(1, 2, 3, 4)}</object>`)).toContain(
      'E_XML readVoc: expected a <name> in every <object>, got none (a.xml, object 1)',
    )
  })

  test('with a polygon in place of a box', () => {
    const fault = faultOf(object('cat', '<polygon><x1>4</x1><y1>6</y1></polygon>'))
    expect(fault).toContain('expected a <bndbox> in every <object>, got a <polygon>')
    expect(fault).toContain('Export the labels as boxes')
  })

  test.each(['0x1', '0b11', 'Infinity', 'NaN', '1,5', 'left', '1e999', '--1'])(
    'with the coordinate %s, which is shown as it stands',
    (text) => {
      const box = `<bndbox><xmin>${text}</xmin><ymin>2</ymin><ymax>4</ymax></bndbox>`
      expect(faultOf(object('cat', box))).toContain(
        `E_BOX_FORMAT readVoc: expected four decimal numbers, got xmin "${text}", ymin "2", xmax none, ymax "4" (a.xml, object 1 cat)`,
      )
    },
  )

  test.each([
    ['a control character', 'red\u001b[31m'],
    ['two lines', 'cat\nerror E_FAKE: all is well'],
    ['a turn of direction', 'a\u202eb'],
    ['a character that is none', 'a\uffffb'],
    ['more than 200 characters', 'x'.repeat(201)],
  ])('with %s in its name', (_, name) => {
    expect(faultOf(object(name, bounds(1, 2, 3, 4)))).toMatch(
      /^E_XML readVoc: expected a class name/,
    )
  })
})

describe('a size', () => {
  const withSize = (width: string, height: string) =>
    `<annotation><size><width>${width}</width><height>${height}</height></size></annotation>`

  test.each(['Infinity', '1e300', '0.5', '-3', 'wide', '0x40'])('of %s is refused', (width) => {
    expect(() => parseVocXml(withSize(width, '48'), 'a.xml')).toThrow(
      `expected a <size> in whole pixels from 1 to 1000000, got width "${width}", height "48" (a.xml)`,
    )
  })

  test('may be written as a decimal number', () => {
    expect(parseVocXml(withSize('64.0', '48'), 'a.xml').size).toEqual({ width: 64, height: 48 })
  })
})

describe('character references', () => {
  const nameOf = (name: string) =>
    parseVocXml(annotation(object(name, bounds(1, 2, 3, 4))), 'a.xml').objects[0]?.className

  test.each(['猫', '&#29483;', '&#x732B;', '&#x732b;', '<![CDATA[猫]]>'])('%s is 猫', (name) => {
    expect(nameOf(name)).toBe('猫')
  })

  test('are no references in a CDATA section', () => {
    expect(nameOf('<![CDATA[salt &amp; &#233;]]>')).toBe('salt &amp; &#233;')
  })

  test.each(['&#0;', '&#xD800;', '&#xFFFF;', '&#x110000;', '&#27;', '&b;', '&eacute;'])(
    '%s is refused by name',
    (reference) => {
      expect(faultOf(object(`a${reference}`, bounds(1, 2, 3, 4)))).toContain(
        `expected references that XML itself defines, got ${reference} (a.xml, object 1)`,
      )
    },
  )
})

describe('an encoding', () => {
  const café = annotation(object('café', bounds(1, 2, 3, 4)))
  const declared = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?>${café}`
  const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'))
  const swapped = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16())
  const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
  const utf8 = (text: string) => new TextEncoder().encode(text)

  test.each([
    ['UTF-8', utf8(café)],
    ['UTF-8 with a byte order mark', utf8(`\ufeff${café}`)],
    ['UTF-8, declared', utf8(declared('UTF-8'))],
    ['UTF-16 with a byte order mark', utf16(`\ufeff${declared('UTF-16')}`)],
    ['UTF-16 without one', utf16(café)],
    ['UTF-16 in the other order', swapped(`\ufeff${café}`)],
    ['UTF-16 in the other order without a mark', swapped(declared('utf-16'))],
    ['ISO-8859-1, declared', latin1(declared('ISO-8859-1'))],
    ['windows-1252, declared', latin1(declared('windows-1252'))],
    ['UTF-8 that calls itself UTF-16', utf8(declared('utf-16'))],
  ])('%s is read', (_, bytes) => {
    expect(parseVocXml(bytes, 'a.xml').objects[0]?.className).toBe('café')
  })

  test('that is not known is refused by name', () => {
    expect(() => parseVocXml(utf8(declared('klingon-7')), 'a.xml')).toThrow(
      'readVoc: expected a known encoding in the first line, got klingon-7 (a.xml)',
    )
  })

  test('that does not fit its bytes spoils no name in silence', () => {
    const { faults } = parseVocXml(latin1(café), 'a.xml')
    expect(faults[0]?.message).toContain('expected a class name whose every byte can be read')
  })
})

test.each([
  ['an open tag', '<annotation>\n<object>'],
  ['another document', '<html><body/></html>'],
  ['nothing', ''],
  ['an empty annotation', '<annotation/>'],
  ['a thousand levels', `<annotation>${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}</annotation>`],
  ['a name that JavaScript uses', '<annotation><__proto__>1</__proto__></annotation>'],
  ['an external entity', `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///x">]>${annotation('')}`],
])('%s is refused with the name of the file', (_, xml) => {
  expect(() => parseVocXml(xml, 'broken.xml')).toThrow(/^read\w+: expected .*\(broken.xml\)$/)
})

test('whatever a file holds gives an annotation, or E_XML with the name of the file', () => {
  const piece = constantFrom(
    ...'<annotation> </annotation> <object> </object> <name> </name> <size> <width> <bndbox> <xmin> </xmin>'.split(
      ' ',
    ),
    ...[
      '<!DOCTYPE a [',
      ']>',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<!--',
      '-->',
      '&#x41;',
      '&amp;',
      '__proto__',
      '"',
      '\0',
    ],
  )
  const text = string({
    unit: oneof(string({ unit: 'binary', maxLength: 2 }), piece),
    maxLength: 40,
  })
  assert(
    property(oneof(text, uint8Array({ maxLength: 100 }), text.map(annotation)), (content) => {
      try {
        const { faults } = parseVocXml(content, 'odd.xml')
        for (const { code, message } of faults) {
          expect(code).toMatch(/^E_(XML|BOX_FORMAT)$/)
          expect(message).toContain('odd.xml, object')
        }
      } catch (error) {
        expect(error).toBeInstanceOf(SingleshotError)
        expect(error).toMatchObject({ code: 'E_XML', parts: { file: 'odd.xml' } })
      }
    }),
    { numRuns: 300 },
  )
})

test('entities of an attacker are not expanded', () => {
  const xml = `<!DOCTYPE a [<!ENTITY b "boom">]>${annotation(object('&b;', bounds(1, 2, 3, 4)))}`
  const { objects, faults } = parseVocXml(xml, 'a.xml')
  expect(objects).toEqual([])
  expect(faults[0]?.message).toContain('got &b; (a.xml, object 1)')
})
