/** @file Finding the annotation of a picture, and reading what is labelled in it. The reverse of find-image.ts. */
import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import type { Example } from '../dataset/dataset.ts'
import { parseVocXml } from '../dataset/voc-xml.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { checkVocExample } from './voc-example.ts'

/**
 * The Pascal VOC annotation of a picture: NAME.xml beside it, or in the folder Annotations beside the picture's own
 * (the devkit's layout).
 * @returns undefined if there is none
 */
export async function findAnnotation(imagePath: string): Promise<string | undefined> {
  const stem = basename(imagePath, extname(imagePath))
  const folders = [dirname(imagePath), join(dirname(imagePath), '..', 'Annotations')]
  for (const folder of folders)
    for (const extension of ['.xml', '.XML']) {
      const path = join(folder, `${stem}${extension}`)
      if ((await stat(path).catch(() => null))?.isFile()) return path
    }
  return undefined
}

/**
 * Reads what an annotation says of a picture, with the checks that training data gets.
 * @param classes of the model, in class-id order
 * @param report told of each object that is left out
 * @throws SingleshotError E_FILE_MISSING, E_XML, E_CLASS_UNKNOWN, E_BOX_FORMAT, E_BOX_ORDER, E_BOX_OUTSIDE
 */
export async function readAnnotation(
  xmlPath: string,
  imagePath: string,
  { classes, report }: Pick<Parameters<typeof checkVocExample>[0], 'classes' | 'report'>,
): Promise<Example> {
  const annotation = parseVocXml(await readText(xmlPath), xmlPath)
  const entry = { id: basename(xmlPath), xmlPath, imageFolder: dirname(imagePath) }
  const findImage = async () => imagePath
  return checkVocExample({ entry, annotation, classes, findImage, report })
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const rule = 'expected an annotation (Pascal VOC XML) that exists'
    throw new SingleshotError('E_FILE_MISSING', {
      where: 'readAnnotation',
      rule,
      file: path,
      cause,
    })
  }
}
