/** @file A picture file looked at once: what it is, and small grey versions of what it shows. */
import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import {
  greyOf,
  type PictureFacts,
  SHARPNESS_SIDE,
  sharpnessOf,
  spreadOf,
  thumbOf,
} from '../../doctor/picture-look.ts'
import type { PictureKind } from '../../image/file-kind.ts'
import { readPictureBytes, requireKind, unreadable } from '../picture/picture-file.ts'
import { asBytes } from '../picture/read-image.ts'
import { sharp } from '../picture/sharp.ts'

/** Extensions of each kind. */
const EXTENSIONS: Readonly<Record<PictureKind, readonly string[]>> = {
  JPEG: ['.jpg', '.jpeg', '.jpe', '.jfif'],
  PNG: ['.png'],
  GIF: ['.gif'],
  WebP: ['.webp'],
  TIFF: ['.tif', '.tiff'],
  AVIF: ['.avif'],
}

/** The orientation of a picture that needs no turning. */
const UPRIGHT = 1

/**
 * Looks at a picture.
 * @param path of the file @param file what to call it
 * @throws SingleshotError E_IMAGE_MISSING, E_IMAGE_UNREADABLE
 */
export async function lookAtPicture(path: string, file: string): Promise<PictureFacts> {
  const bytes = await readPictureBytes(path)
  const kind = requireKind(bytes, path)
  try {
    const picture = sharp(bytes, { autoOrient: true, failOn: 'error' })
    const {
      width,
      height,
      orientation,
      space,
      depth,
      pages = 1,
      hasAlpha,
      autoOrient,
    } = await picture.metadata()
    const shrunk = Math.min(1, SHARPNESS_SIDE / Math.max(width, height))
    const size = { width: autoOrient.width, height: autoOrient.height }
    const { data, info } = await (hasAlpha ? picture.flatten({ background: 'white' }) : picture)
      .resize({
        width: Math.max(1, Math.round(size.width * shrunk)),
        height: Math.max(1, Math.round(size.height * shrunk)),
        fit: 'fill',
        kernel: 'linear',
      })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    // Made grey here: libvips does it by way of linear light, which takes as long as all the rest.
    const grey = greyOf(asBytes(data))
    const { mean, deviation } = spreadOf(grey)
    const extension = extname(path).toLowerCase()
    return {
      file,
      size,
      misnamed: EXTENSIONS[kind].includes(extension) ? undefined : { kind, extension },
      orientation: orientation ?? UPRIGHT,
      colours: space === 'cmyk' ? 'CMYK' : depth === 'ushort' ? '16 bits' : undefined,
      pages,
      digest: createHash('sha256').update(bytes).digest('hex'),
      thumb: thumbOf(grey, info),
      brightness: mean,
      contrast: deviation,
      sharpness: sharpnessOf(grey, info),
    }
  } catch (cause) {
    const got = 'one that is broken, or cut short'
    throw unreadable(path, { rule: 'expected a whole picture file', got, cause })
  }
}
