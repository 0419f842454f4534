/**
 * @file What an **offset loss** is: one way to say how far off each anchor's offsets are. It may compare the four numbers
 * or the boxes that they mean. Only anchors that are responsible for an object are asked.
 *
 * Shapes: N images, A anchors; offsets and boxes [N, A, 4].
 */
import type { Tensor } from '../../graph/tensor.ts'
import type { OptionSchemas, OptionValues } from '../../rule/options.ts'
import type { Rule } from '../../rule/rule.ts'

/** What sort of rule an offset loss is. */
export const OFFSET_LOSS = 'offset loss'

/** What an offset loss looks at. */
export interface OffsetLossInputs {
  /** The network's, [N, A, 4]. */
  readonly offsets: Tensor
  /** Those of the objects' boxes, [N, A, 4]; 0 where an anchor has no object. */
  readonly targets: Tensor
  /** Offsets [N, A, 4] to corners [N, A, 4] in fractions of the input, by the model's coder. */
  readonly toCorners: (offsets: Tensor) => Tensor
}

/** One offset loss. */
export interface OffsetLoss<
  Name extends string = string,
  Options extends OptionSchemas = OptionSchemas,
> extends Rule<Name, Options> {
  readonly kind: typeof OFFSET_LOSS
  /** The error of the offsets, [N, A], inside the graph. */
  error(options: OptionValues<Options>, inputs: OffsetLossInputs): Tensor
}

/** An offset loss whose options are of no interest. */
export type AnyOffsetLoss = OffsetLoss<string, Record<never, never>>

/** An offset loss as one record: its options' types follow from their schemas. */
export function defineOffsetLoss<Name extends string, const Options extends OptionSchemas>(
  loss: Omit<OffsetLoss<Name, Options>, 'kind'>,
): OffsetLoss<Name, Options> {
  return { ...loss, kind: OFFSET_LOSS }
}
