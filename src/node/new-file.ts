/** @file An output file must be new: nothing that is there is ever overwritten by making something else. */
import { stat } from 'node:fs/promises'
import { SingleshotError } from '../error/singleshot-error.ts'

/**
 * Refuses a path at which there is something already.
 * @param where the function that wants to write, for messages
 * @throws SingleshotError E_OUTPUT_EXISTS, saying what is there
 */
export async function refuseExisting(where: string, out: string): Promise<void> {
  const found = await stat(out).catch(() => null)
  if (found === null) return
  throw new SingleshotError('E_OUTPUT_EXISTS', {
    where,
    rule: 'expected an output file that is new; nothing was overwritten',
    got: found.isDirectory() ? 'a folder' : `a file of ${found.size} bytes`,
    file: out,
  })
}
