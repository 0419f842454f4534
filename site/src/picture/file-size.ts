/**
 * @file The width and height of a picture file, read from its first bytes, so that a picture too large to hold is
 * refused before it is decoded. JPEG, PNG, GIF and WebP; null for other kinds, whose size is known only afterwards.
 */
import type { Size } from 'singleshot/core'

/** Reads the size. @param bytes the beginning of the file: 256 kB are plenty */
export function sizeInFile(bytes: Uint8Array): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (view.getUint32(0) === 0x89504e47) return size(view.getUint32(16), view.getUint32(20))
    if (view.getUint32(0) === 0x47494638)
      return size(view.getUint16(6, true), view.getUint16(8, true))
    if (view.getUint16(0) === 0xffd8) return jpegSize(view)
    if (view.getUint32(0) === 0x52494646 && view.getUint32(8) === 0x57454250) return webpSize(view)
  } catch {
    // The file ends too soon; the decoder will say so.
  }
  return null
}

const size = (width: number, height: number): Size => ({ width, height })

/** Walks from segment to segment to the one that starts a frame. */
function jpegSize(view: DataView): Size | null {
  let at = 2
  while (view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    const startsFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (startsFrame) return size(view.getUint16(at + 7), view.getUint16(at + 5))
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return null
}

function webpSize(view: DataView): Size | null {
  const kind = view.getUint32(12)
  const three = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
  if (kind === 0x56503858) return size(three(24) + 1, three(27) + 1) // VP8X
  if (kind === 0x56503820)
    return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff) // VP8
  if (kind !== 0x5650384c) return null // VP8L
  const bits = view.getUint32(21, true)
  return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1)
}
