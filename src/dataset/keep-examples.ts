/** @file A dataset after a later look at it: with fewer examples and more problems. */
import type { Dataset, Example } from './dataset.ts'
import { noImages } from './no-images.ts'
import type { ProblemList } from './problem-list.ts'

/**
 * A dataset with only some of its examples.
 * @param list why the others were left out
 * @throws SingleshotError E_NO_IMAGES if none is kept; as {@link ProblemList.finish}
 */
export function keepExamples(
  dataset: Dataset,
  examples: readonly Example[],
  list: ProblemList,
): Dataset {
  list.finish(dataset.name)
  const problems = [...dataset.problems, ...list.problems]
  if (examples.length === 0) throw noImages({ ...dataset, problems })
  const leftOut = {
    images: dataset.leftOut.images + list.leftOut.images,
    objects: dataset.leftOut.objects + list.leftOut.objects,
  }
  return { ...dataset, examples, problems, leftOut }
}
