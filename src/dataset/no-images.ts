/** @file The error for data of which nothing is left, with a remedy for each reason. */
import { SingleshotError } from '../error/singleshot-error.ts'
import type { Dataset, SplitTaken } from './dataset.ts'
import { countCodes } from './problem-list.ts'

/** No image is left: all have problems, or the split names none. @returns E_NO_IMAGES, not thrown */
export function noImages({
  name,
  problems,
  split,
}: Pick<Dataset, 'name' | 'problems' | 'split'>): SingleshotError {
  const found = problems.length > 0
  return new SingleshotError('E_NO_IMAGES', {
    where: 'readData',
    rule: 'expected at least one usable picture',
    got: found ? `none, but ${countCodes(problems)}` : 'none',
    file: name,
    // Without a problem the code's own remedy, to look at the problems, would lead nowhere.
    ...(!found && { remedy: emptyRemedy(split) }),
  })
}

function emptyRemedy(split: SplitTaken | undefined): string {
  if (split?.name === undefined) return 'Name a folder with labelled pictures.'
  const others = split.available.filter((other) => other !== split.name)
  const choose = others.length === 0 ? '' : ` Choose another: ${others.join(', ')}.`
  return split.drawn
    ? `There are too few pictures for a split ${split.name}.${choose}`
    : `The split ${split.name} is empty.${choose}`
}
