/**
 * @file How large a picture may be, so that decoding it takes less than half a gigabyte. JPEG and PNG are decoded row by
 * row, and take no more than the three bytes of each pixel that come out. Decoders of other kinds hold the whole picture
 * beside it, in up to eight bytes per pixel; so do those of JPEG and PNG files that were saved to appear bit by bit.
 */
import { sharp } from './sharp.ts'

/** For what is decoded row by row. The largest number of pixels that phones take, 108 million, is below. */
export const PIXEL_LIMIT = 120e6

/** For what is held whole. */
export const WHOLE_PIXEL_LIMIT = 50e6

const ROW_BY_ROW: readonly (string | undefined)[] = ['jpeg', 'png']

/** The most pixels that a picture of this kind may have. @param bytes of its file @throws what the decoder throws */
export async function pixelLimitOf(bytes: Uint8Array): Promise<number> {
  const { format, isProgressive } = await sharp(bytes, { limitInputPixels: false }).metadata()
  return ROW_BY_ROW.includes(format) && isProgressive !== true ? PIXEL_LIMIT : WHOLE_PIXEL_LIMIT
}
