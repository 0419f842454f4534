/** @file The bytes of an annotation file. */
import { SingleshotError } from '../../error/singleshot-error.ts'
import { readBounded } from '../files/read-bounded.ts'

/** Tens of thousands of objects; a parser takes many times as much memory as the file. */
const MOST_BYTES = 5e6

/**
 * Reads an annotation file.
 * @throws SingleshotError E_XML if it is larger than 5 MB, no file, or cannot be read; E_FILE_MISSING if it is not there
 */
export function readAnnotationFile(path: string): Promise<Uint8Array> {
  const rule = 'expected an annotation file (Pascal VOC XML) of at most 5 MB'
  return readBounded(path, {
    most: MOST_BYTES,
    refuse: ({ missing, got, cause }) =>
      new SingleshotError(missing ? 'E_FILE_MISSING' : 'E_XML', {
        where: 'readVoc',
        rule,
        got,
        file: path,
        remedy: missing ? 'Check the path.' : 'Replace the file, or remove it.',
        cause,
      }),
  })
}
