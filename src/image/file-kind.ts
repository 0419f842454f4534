/**
 * @file What kind of file a picture is, by its first bytes: names lie. Only kinds on this list reach a decoder, for
 * some that decoders also take are programs in disguise (SVG, PostScript, MVG), which may run for hours.
 */

/** The kinds of picture that are read. */
export type PictureKind = 'JPEG' | 'PNG' | 'GIF' | 'WebP' | 'TIFF' | 'AVIF'

/** A kind that is read, or what the file seems to be (`undefined`: nobody knows) and what to do about it. */
export type KindFound =
  | { readonly kind: PictureKind }
  | { readonly kind: null; readonly seems: string | undefined; readonly remedy: string }

/** First bytes that are enough to tell. */
export const KIND_BYTES = 512

/** The kind of a file. @param bytes its first {@link KIND_BYTES}, or all */
export function findKind(bytes: Uint8Array): KindFound {
  const head = textOf(bytes.subarray(0, KIND_BYTES))
  const kind = startOf(head, READ) ?? kindInRiff(head) ?? kindInBoxes(head)
  if (kind === 'HEIC') return { kind: null, seems: 'HEIC', remedy: CONVERT }
  if (kind !== undefined) return { kind }
  const convertible = startOf(head, CONVERTIBLE)
  if (convertible !== undefined) return { kind: null, seems: convertible, remedy: CONVERT }
  const other = startOf(head, OTHERS)
  if (other !== undefined) return { kind: null, seems: other, remedy: REPLACE }
  const text = TEXTS.find(([pattern]) => pattern.test(head))
  return { kind: null, seems: text?.[1], remedy: text?.[2] ?? REPLACE }
}

const CONVERT = 'Convert it to JPEG or PNG, and keep the name before the dot.'
const REPLACE = 'Replace the named file by a picture.'

/** How files begin, a character for each byte. */
type Starts<Name> = readonly (readonly [start: string, name: Name])[]

const READ: Starts<PictureKind> = [
  ['\xff\xd8\xff', 'JPEG'],
  ['\x89PNG\r\n\x1a\n', 'PNG'],
  ['GIF87a', 'GIF'],
  ['GIF89a', 'GIF'],
  // Cameras' raw files begin so too; of most, the decoder finds nothing to read.
  ['II*\0', 'TIFF'],
  ['MM\0*', 'TIFF'],
  ['II+\0', 'TIFF'],
  ['MM\0+', 'TIFF'],
]

const CONVERTIBLE: Starts<string> = [
  ['BM', 'a Windows bitmap (BMP)'],
  ['\0\0\0\x0cJXL ', 'JPEG XL'],
  ['\xff\x0a', 'JPEG XL'],
  ['\0\0\0\x0cjP  ', 'JPEG 2000'],
  ['\xff\x4f\xff\x51', 'JPEG 2000'],
  ['v/1\x01', 'OpenEXR'],
  ['#?RADIANCE', 'Radiance HDR'],
  ['8BPS', 'a Photoshop file'],
]

const OTHERS: Starts<string> = [
  ['%PDF', 'a PDF document'],
  ['%!', 'PostScript'],
  ['\xc5\xd0\xd3\xc6', 'PostScript'],
  ['PK\x03\x04', 'a ZIP archive'],
]

const TEXTS: readonly (readonly [pattern: RegExp, seems: string, remedy: string])[] = [
  [/^\s*<(!doctype html|html|head|body)/i, 'a web page', 'Fetch the picture itself.'],
  [/<svg[\s>]/i, 'an SVG drawing', CONVERT],
  [/^(\xef\xbb\xbf)?\s*<[?!a-z]/i, 'XML', REPLACE],
  [/^version https:\/\/git-lfs/, 'a Git LFS pointer', 'Fetch the picture itself: git lfs pull.'],
  [/^P[1-7]\s/, 'a portable pixmap (PNM)', CONVERT],
  [/^[\s!-~]+$/, 'text', REPLACE],
]

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}

function startOf<Name>(head: string, starts: Starts<Name>): Name | undefined {
  return starts.find(([start]) => head.startsWith(start))?.[1]
}

function kindInRiff(head: string): 'WebP' | undefined {
  return head.startsWith('RIFF') && head.startsWith('WEBP', 8) ? 'WebP' : undefined
}

/** Of a file in ISO boxes, which names its brands in the first: AVIF, HEIC, or neither. */
function kindInBoxes(head: string): 'AVIF' | 'HEIC' | undefined {
  if (!head.startsWith('ftyp', 4)) return undefined
  const end = head.charCodeAt(2) * 256 + head.charCodeAt(3)
  const brands = head.slice(8, end).match(/.{4}/gs) ?? []
  if (brands.some((brand) => /^avi[fs]$/.test(brand))) return 'AVIF'
  return brands.some((brand) => /^(he[iv][cxms]|mif1|msf1)$/.test(brand)) ? 'HEIC' : undefined
}

/** Last bytes in which the end must stand; some programs write a little after it. */
export const END_BYTES = 256

/**
 * Whether a file ends as a whole one does. Cheap, so not certain: `false` means that only decoding can tell.
 * @param tail its last {@link END_BYTES}, or all
 */
export function endsWhole(kind: PictureKind, tail: Uint8Array): boolean {
  const end = ENDS[kind]
  return end !== undefined && textOf(tail).includes(end)
}

/** The last bytes of kinds whose end can be told. */
const ENDS: Partial<Record<PictureKind, string>> = {
  JPEG: '\xff\xd9',
  PNG: 'IEND\xae\x42\x60\x82',
}
