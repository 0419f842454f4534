/** @file The picture of an example, with the check that it is the one that was labelled. */
import type { Example } from '../dataset/dataset.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { Image } from '../image/image.ts'
import { readImage } from './read-image.ts'

/**
 * Reads the picture of an example.
 * @throws E_IMAGE_SIZE if it has another size than its annotation says: its boxes would be in the wrong
 * places. Width and height swapped mean that it was labelled before the camera's rotation was applied.
 * @throws as `readImage`
 */
export async function readExampleImage({ imagePath, size }: Example): Promise<Image> {
  const image = await readImage(imagePath)
  if (image.width === size.width && image.height === size.height) return image
  const swapped = image.width === size.height && image.height === size.width
  const hint = swapped ? ' (the camera turned it: label the upright picture)' : ''
  throw new SingleshotError('E_IMAGE_SIZE', {
    where: 'readExampleImage',
    rule: `expected ${size.width} x ${size.height} pixels, as annotated`,
    got: `${image.width} x ${image.height}${hint}`,
    file: imagePath,
  })
}
