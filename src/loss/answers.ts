/** @file What a network outputs for every anchor, and what it should have. */
import type { Tensor } from '../graph/tensor.ts'

/** What a network outputs. N images, A anchors, K classes with background as class 0. */
export interface Answers {
  /** [N, A, K]: one number per class, the larger the surer. */
  readonly logits: Tensor
  /** [N, A, 4]: how to move and stretch each anchor. */
  readonly offsets: Tensor
}

/** What the anchors should have said. */
export interface GraphTargets {
  /** int32 [N, A]: 0 background, else class id + 1; where `ignoring`, -1 asks nothing. */
  readonly classTargets: Tensor
  /** [N, A, 4]; read only where the class is not background. */
  readonly offsetTargets: Tensor
  /** Whether class targets may be -1, where nothing is asked. Default false: the graph is then spared the question. */
  readonly ignoring?: boolean | undefined
}
