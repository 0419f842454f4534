/** @file Telling an error of the disk from any other. */
import { writeError } from './write-error.ts'

/**
 * Does something to a file.
 * @param where the function that does it, for messages
 * @throws SingleshotError E_WRITE, naming the file, whatever fails
 */
export async function onDisk<T>(where: string, file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (cause) {
    throw writeError(where, file, cause)
  }
}
