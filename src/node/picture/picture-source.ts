/**
 * @file Pictures for training, which must not end because one of them can no longer be read: another takes its place.
 * Which one depends on nothing but the order of the examples, so the same run gives the same batches.
 */
import type { Example } from '../../dataset/dataset.ts'
import type { ProblemOptions } from '../../dataset/problem-list.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { PictureSource, SampledPicture } from '../../train/pictures.ts'

/** Where pictures come from. */
export interface PictureSourceOptions extends ProblemOptions {
  readonly examples: readonly Example[]
  readonly get: (example: Example) => Promise<SampledPicture>
}

/** So many pictures may fail, whatever the number of all; beyond it a share of all. More: the disk is gone, not a picture. */
const FEW = 10
const SHARE = 0.1

/**
 * Makes a source that passes over pictures that cannot be read: each is told once, and the next example that can be
 * read takes its place. If `strict`, the first is an error.
 */
export function createPictureSource({
  examples,
  get,
  strict,
  onEvent,
}: PictureSourceOptions): PictureSource {
  const places = new Map(examples.map(({ id }, place) => [id, place]))
  const failed = new Set<string>()
  const most = Math.min(examples.length - 1, Math.max(FEW, SHARE * examples.length))
  const note = (problem: unknown, { id }: Example) => {
    if (strict || !(problem instanceof SingleshotError)) throw problem
    if (failed.has(id)) return
    failed.add(id)
    onEvent?.({ type: 'problem', problem })
    if (failed.size > most) throw tooMany(problem, failed.size, examples.length)
  }
  return async (wanted) => {
    const start = places.get(wanted.id) ?? 0
    for (let step = 0; ; step++) {
      const example = examples[(start + step) % examples.length]!
      if (failed.has(example.id)) continue
      try {
        return { ...(await get(example)), example }
      } catch (error) {
        note(error, example)
      }
    }
  }
}

function tooMany({ code, parts }: SingleshotError, count: number, total: number): SingleshotError {
  return new SingleshotError(code, {
    ...parts,
    rule: `${parts.rule}; ${count} of ${total} pictures could be read before and no longer can`,
    remedy: 'Check that the disk with the data is still there.',
  })
}
