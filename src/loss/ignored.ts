/**
 * @file Anchors that are asked nothing (match/crowds.ts), inside the graph. Each is given the logits of one that is
 * certain of background, and background as its target: whatever the class loss, its error is 0, it is never among the
 * hardest negatives, and no gradient reaches what it really said.
 *
 *     logits[n, a] = certain of background   where classTargets[n, a] = -1
 *
 * Shapes: N images, A anchors, K classes with background as class 0.
 */
import { cast, greater, maximum, reshape, where } from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'
import type { Answers, GraphTargets } from './answers.ts'
import { type ClassLossChoice, classLossOf } from './class/class-losses.ts'

/** The chance of an object that is as good as none: its error is 0 in 32 bits. */
const NO_CHANCE = 1e-12

/** What the class loss looks at: shapes as in {@link Answers} and {@link GraphTargets}. */
interface Asked {
  readonly logits: Tensor
  /** int32 [N, A], never below 0. */
  readonly classTargets: Tensor
}

/**
 * What the class loss is to look at: logits and targets as they are, unless some anchors are asked nothing.
 * @param choice the class loss, which knows what certainty of background looks like
 * @param targets -1 in `classTargets` where nothing is asked
 * @throws SingleshotError E_RULE when the class loss is not ours and was not handed over
 */
export function withoutIgnored(
  choice: ClassLossChoice,
  { logits }: Answers,
  { classTargets, ignoring }: GraphTargets,
): Asked {
  if (!ignoring) return { logits, classTargets }
  const [images, anchors, columns] = logits.shape as [number, number, number]
  const targets = cast(classTargets, 'float32')
  const ignored = reshape(greater(constant(0), targets), [images, anchors, 1])
  const certain = constant(classLossOf(choice).prior(NO_CHANCE, columns), [1, 1, columns])
  return {
    logits: where(ignored, certain, logits),
    classTargets: cast(maximum(targets, constant(0)), 'int32'),
  }
}
