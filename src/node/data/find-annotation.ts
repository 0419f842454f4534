/** @file Finding the annotation of a picture, and reading what is labelled in it. The reverse of find-image.ts. */
import { stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import type { Example } from '../../dataset/dataset.ts'
import { parseVocXml } from '../../dataset/voc-xml.ts'
import type { SingleshotError } from '../../error/singleshot-error.ts'
import { readAnnotationFile } from './read-annotation-file.ts'
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

/** How to read an annotation. */
export interface ReadAnnotationOptions {
  /** Of the model, in class-id order. */
  readonly classes: readonly string[]
  /** Told of each object that is left out. */
  readonly report: (problem: SingleshotError) => void
}

/**
 * Reads what an annotation says of a picture, with the checks that training data gets.
 * @throws SingleshotError E_FILE_MISSING, E_XML, E_IMAGE_MISSING, E_IMAGE_UNREADABLE, E_IMAGE_SIZE, E_CLASS_UNKNOWN,
 * E_BOX_FORMAT, E_BOX_ORDER, E_BOX_OUTSIDE
 */
export async function readAnnotation(
  xmlPath: string,
  imagePath: string,
  { classes, report }: ReadAnnotationOptions,
): Promise<Example> {
  const annotation = parseVocXml(await readAnnotationFile(xmlPath), xmlPath)
  const entry = { id: basename(xmlPath), xmlPath, imageFolder: dirname(imagePath) }
  const findImage = async () => imagePath
  const { example, faults, idle } = await checkVocExample({ entry, annotation, classes, findImage })
  if (faults.length > 0) throw faults[0]
  idle.forEach(report)
  return example
}
