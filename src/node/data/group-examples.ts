/** @file Which pictures of a dataset belong together, so that they stay on one side when it is divided. */
import type { Example } from '../../dataset/dataset.ts'
import { groupPictures } from '../../doctor/groups.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { mapInParallel } from '../files/in-parallel.ts'
import { lookAtPicture } from './look-at-picture.ts'

/** Pictures that are decoded at once. */
const AT_ONCE = 4

/**
 * Groups pictures that are nearly equal, and frames of one film. A picture that cannot be read is a group by itself.
 * @returns for each example the number of its group
 * @throws the signal's reason
 */
export async function groupExamples(
  examples: readonly Example[],
  signal?: AbortSignal | undefined,
): Promise<number[]> {
  const facts = await mapInParallel(examples, { atOnce: AT_ONCE, signal }, ({ imagePath }) =>
    lookAtPicture(imagePath, imagePath).catch((error) => {
      if (error instanceof SingleshotError) return undefined
      throw error
    }),
  )
  const readable = facts.flatMap((fact, i) => (fact === undefined ? [] : [{ fact, i }]))
  const groups = groupPictures(readable.map(({ fact }) => fact))
  const numbers = examples.map((_, i) => examples.length + i)
  for (const [k, { i }] of readable.entries()) numbers[i] = groups[k]!
  return numbers
}
