/** @file The picture of an example, with the check that it is the one that was labelled. */
import type { Size } from '../../box/box.ts'
import type { Example } from '../../dataset/dataset.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { END_BYTES, endsWhole, KIND_BYTES } from '../../image/file-kind.ts'
import type { Image } from '../../image/image.ts'
import { readPictureEnds, requireKind } from '../picture/picture-file.ts'
import { type ReadImageOptions, readImage } from '../picture/read-image.ts'

/**
 * Reads the picture of an example.
 * @throws E_IMAGE_SIZE as {@link requireSize}; else as `readImage`
 */
export async function readExampleImage(
  { imagePath, size }: Example,
  options: ReadImageOptions = {},
): Promise<Image> {
  const image = await readImage(imagePath, options)
  requireSize(image, size, imagePath)
  return image
}

/**
 * Refuses a picture of another size than its annotation says: its boxes would be in the wrong places. Width and height
 * swapped mean that it was labelled before the camera's rotation was applied.
 * @param found of the upright picture @param stated by the annotation
 * @throws SingleshotError E_IMAGE_SIZE
 */
export function requireSize(found: Size, stated: Size, file: string): void {
  if (found.width === stated.width && found.height === stated.height) return
  const swapped = found.width === stated.height && found.height === stated.width
  const hint = swapped ? ' (the camera turned it: label the upright picture)' : ''
  throw new SingleshotError('E_IMAGE_SIZE', {
    where: 'readExampleImage',
    rule: `expected ${stated.width} x ${stated.height} pixels, as annotated`,
    got: `${found.width} x ${found.height}${hint}`,
    file,
  })
}

/**
 * Checks cheaply that the picture of an example is whole: by the end of its file where its kind has a certain one, else
 * by decoding it.
 * @throws as {@link readExampleImage}
 */
export async function checkExampleImage(
  example: Example,
  options: ReadImageOptions = {},
): Promise<void> {
  const { imagePath } = example
  const { head, tail } = await readPictureEnds(imagePath, { head: KIND_BYTES, tail: END_BYTES })
  if (endsWhole(requireKind(head, imagePath), tail)) return
  await readExampleImage(example, options)
}
