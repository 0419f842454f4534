/**
 * @file The size of a picture by the first bytes of its file, for the two kinds that nearly all are. A decoder finds it
 * too, but takes ten times as long, which counts where thousands of files are opened only for their size.
 *
 * Sources: ITU-T T.81 (JPEG), annex B; CIPA DC-008 (Exif), 4.6.4; W3C PNG, 5.
 */
import type { Size } from '../box/box.ts'
import type { PictureKind } from './file-kind.ts'

/**
 * The size of a picture once upright.
 * @param head the first bytes of its file; some thousand are enough where no preview is stored before the picture
 * @returns pixels; undefined where anything is unusual: then a decoder must be asked
 */
export function sizeInHeader(head: Uint8Array, kind: PictureKind): Size | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  try {
    if (kind === 'JPEG') return jpegSize(view)
    return kind === 'PNG' ? pngSize(view) : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined // The bytes end before the size is told.
    throw error
  }
}

/** Markers of frames, 0xc0 to 0xcf, but for three of the same numbers that mean tables. */
const NO_FRAMES = [0xc4, 0xc8, 0xcc]

function jpegSize(view: DataView): Size | undefined {
  let orientation: number | undefined
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1)
    if (view.getUint8(at) !== 0xff || marker < 0xc0 || marker === 0xda) return undefined
    if (marker <= 0xcf && !NO_FRAMES.includes(marker)) {
      const height = view.getUint16(at + 5)
      return upright({ width: view.getUint16(at + 7), height }, orientation ?? 1)
    }
    // 'Exif', and two zeros.
    if (marker !== 0xe1 || view.getUint32(at + 4) !== 0x45786966) continue
    if (orientation !== undefined) return undefined
    orientation = exifOrientation(view, at + 10)
  }
}

/** The camera's orientation tag, 1..8; 1 where there is none, 0 where it cannot be read. */
function exifOrientation(view: DataView, start: number): number {
  const order = view.getUint16(start)
  const little = order === 0x4949
  if (!little && order !== 0x4d4d) return 0
  const entries = start + view.getUint32(start + 4, little)
  const count = view.getUint16(entries, little)
  for (let i = 0; i < count; i++) {
    const entry = entries + 2 + 12 * i
    // Tag 0x0112 of type 3: one number of 16 bits.
    if (view.getUint16(entry, little) !== 0x0112) continue
    return view.getUint16(entry + 2, little) === 3 ? view.getUint16(entry + 8, little) : 0
  }
  return 1
}

/** Chunks of a PNG: the header comes first; a note of orientation may follow before the pixels. */
const CHUNKS = { IHDR: 0x49484452, IDAT: 0x49444154, eXIf: 0x65584966 }

function pngSize(view: DataView): Size | undefined {
  if (view.getUint32(12) !== CHUNKS.IHDR) return undefined
  for (let at = 8; ; at += 12 + view.getUint32(at)) {
    const chunk = view.getUint32(at + 4)
    if (chunk === CHUNKS.eXIf) return undefined
    if (chunk === CHUNKS.IDAT)
      return upright({ width: view.getUint32(16), height: view.getUint32(20) }, 1)
  }
}

/** Orientations from 5 on lie on their side. */
function upright({ width, height }: Size, orientation: number): Size | undefined {
  if (width === 0 || height === 0 || orientation < 1 || orientation > 8) return undefined
  return orientation < 5 ? { width, height } : { width: height, height: width }
}
