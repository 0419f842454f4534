/** @file A picture that is handed over in any of the usual forms, as pixels. */
import { fileURLToPath } from 'node:url'
import { bytesOf } from '../../call/bytes-of.ts'
import { orAborted } from '../../call/or-aborted.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { checkImage, type Image, type PixelImage } from '../../image/image.ts'
import { decodeImage, type ReadImageOptions, readImage } from './read-image.ts'

/**
 * A picture: its path or `file:` address, the bytes of a picture file (also as a Blob), or decoded pixels, RGB or RGBA.
 * Where pixels are not quite opaque, white shows through.
 */
export type Picture = string | URL | Uint8Array | ArrayBuffer | Blob | PixelImage

/**
 * The pixels of a picture, upright.
 * @throws SingleshotError E_IMAGE_MISSING, E_IMAGE_UNREADABLE; E_ARGUMENT for what is no picture; the signal's reason
 */
export async function toImage(picture: Picture, options: ReadImageOptions = {}): Promise<Image> {
  options.signal?.throwIfAborted()
  if (typeof picture === 'string' || picture instanceof URL)
    return readImage(pathOf(picture), options)
  const bytes = await orAborted(bytesOf(picture), options.signal)
  if (bytes !== undefined) return decodeImage(bytes, 'picture', options)
  if (typeof picture === 'object' && picture !== null && !ArrayBuffer.isView(picture))
    return checkImage('detect', picture as PixelImage)
  throw new SingleshotError('E_ARGUMENT', {
    where: 'detect',
    rule: 'expected a picture: a path, a file: URL, the bytes of a picture file, or { width, height, data }',
    got: picture,
  })
}

/** The path of what may be an address. @throws SingleshotError E_ARGUMENT for an address that is not of a file */
export function pathOf(path: string | URL): string {
  if (typeof path === 'string') return path
  if (path.protocol === 'file:') return fileURLToPath(path)
  throw new SingleshotError('E_ARGUMENT', {
    where: 'detect',
    rule: 'expected a file: URL; fetch a picture from elsewhere first and hand over its bytes',
    got: path.href,
  })
}
