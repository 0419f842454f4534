/** @file A picture file or a camera's frame to RGB bytes, upright, inside the browser. Nothing leaves the page. */
import type { Image } from 'singleshot/core'
import { PageError } from '../shell/problem.ts'
import { sizeInFile } from './file-size.ts'

/** The library's own limit: larger pictures take too much memory. */
const MOST_PIXELS = 50e6

/** Bytes in which a picture's size is found, even behind a camera's long notes. */
const HEAD_BYTES = 256 * 1024

/** Decodes a picture file; the camera's orientation is applied. @throws PageError that says what to do */
export async function decodeFile(file: Blob, name: string): Promise<Image> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
  if (head.length === 0) throw notAPicture(name, 'is empty')
  const announced = sizeInFile(head)
  if (announced !== null) refuseHuge(announced.width, announced.height, name)
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw notAPicture(name, 'is not a picture that this browser can read')
  })
  try {
    refuseHuge(bitmap.width, bitmap.height, name)
    return pixelsOf(bitmap, bitmap.width, bitmap.height)
  } finally {
    bitmap.close()
  }
}

/** The pixels of anything that can be drawn; transparent parts show white, as everywhere in singleshot. */
export function pixelsOf(drawable: CanvasImageSource, width: number, height: number): Image {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null)
    throw new PageError('The browser has no memory left to draw.', 'Close some tabs and try again.')
  context.fillStyle = 'white'
  context.fillRect(0, 0, width, height)
  context.drawImage(drawable, 0, 0, width, height)
  return { width, height, data: withoutAlpha(context.getImageData(0, 0, width, height).data) }
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3)
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from]!
    rgb[to + 1] = rgba[from + 1]!
    rgb[to + 2] = rgba[from + 2]!
  }
  return rgb
}

function refuseHuge(width: number, height: number, name: string): void {
  const megapixels = (width * height) / 1e6
  if (width * height <= MOST_PIXELS) return
  throw new PageError(
    `${name} has ${megapixels.toFixed(0)} megapixels (${width} × ${height}); at most ${MOST_PIXELS / 1e6} fit in the page’s memory.`,
    'Make it smaller first, for example half as wide, and choose it again.',
    'E_IMAGE_UNREADABLE',
  )
}

function notAPicture(name: string, what: string): PageError {
  return new PageError(
    `${name} ${what}.`,
    'Choose a JPEG, PNG, WebP, GIF or AVIF file; if it is one, it may be damaged: open it in another program and save it again.',
    'E_IMAGE_UNREADABLE',
  )
}
