import { expect, test } from 'vitest'
import { endsWhole, findKind } from './file-kind.ts'

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))
const boxes = (...brands: string[]) =>
  `\0\0\0${String.fromCharCode(8 + 4 * (brands.length + 1))}ftyp${brands[0]}\0\0\0\0${brands.slice(1).join('')}`

test.each([
  ['JPEG', '\xff\xd8\xff\xe0\0\x10JFIF'],
  ['PNG', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ['GIF', 'GIF89a'],
  ['WebP', 'RIFF\x10\0\0\0WEBPVP8 '],
  ['TIFF', 'MM\0*\0\0\0\x08'],
  ['AVIF', boxes('avif', 'mif1')],
  ['AVIF', boxes('mif1', 'miaf', 'avif')],
])('%s is read', (kind, head) => {
  expect(findKind(bytes(head))).toEqual({ kind })
})

test.each([
  ['HEIC', boxes('heic', 'mif1'), 'Convert'],
  ['HEIC', boxes('mif1', 'heix'), 'Convert'],
  ['a Windows bitmap (BMP)', 'BM\x36\0\0\0', 'Convert'],
  ['an SVG drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'Convert'],
  [
    'an SVG drawing',
    '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- drawn -->\n<svg width="9">',
    'Convert',
  ],
  ['XML', '<?xml version="1.0"?><annotation>', 'Replace'],
  ['a web page', '\n<!DOCTYPE html><html>', 'Fetch'],
  ['a PDF document', '%PDF-1.4', 'Replace'],
  ['PostScript', '%!PS-Adobe-3.0 EPSF-3.0', 'Replace'],
  ['text', 'push graphic-context\nviewbox 0 0 640 480\n', 'Replace'],
  ['a portable pixmap (PNM)', 'P3\n2 2\n255\n', 'Convert'],
  ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\n', 'Fetch'],
  [undefined, '\0\0\0\x14ftypisom\0\0\x02\0isom', 'Replace'],
  [undefined, '\x01\x02\x03', 'Replace'],
  [undefined, '', 'Replace'],
])('%s is not: %j', (seems, head, remedy) => {
  const found = findKind(bytes(head))
  expect(found).toMatchObject({ kind: null, seems })
  expect((found as { remedy: string }).remedy).toMatch(new RegExp(`^${remedy}`))
})

test('a whole JPEG and PNG are known by their end; of other kinds only decoding can tell', () => {
  expect(endsWhole('JPEG', bytes('abc\xff\xd9'))).toBe(true)
  expect(endsWhole('JPEG', bytes('abc\xff\xd9 and some more'))).toBe(true)
  expect(endsWhole('JPEG', bytes('abc\xff'))).toBe(false)
  expect(endsWhole('PNG', bytes('\0\0\0\0IEND\xae\x42\x60\x82'))).toBe(true)
  expect(endsWhole('PNG', bytes('\0\0\0\0IEND'))).toBe(false)
  expect(endsWhole('WebP', bytes('\xff\xd9'))).toBe(false)
})
