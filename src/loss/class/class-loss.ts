/**
 * @file What a **class loss** is: one way to say how wrong the class of each anchor is. It also decides how the logits
 * that it taught are read: as one choice among all classes and background, or as a yes or no per class.
 *
 * Shapes: N images, A anchors, K classes with background as class 0.
 */
import type { Tensor } from '../../graph/tensor.ts'
import type { OptionSchemas, OptionValues } from '../../rule/options.ts'
import type { Rule } from '../../rule/rule.ts'

/** What sort of rule a class loss is. */
export const CLASS_LOSS = 'class loss'

/** Every anchor's class error, and which of them take part in the loss. */
export interface ClassError {
  /** [N, A]: what each anchor's error is, whether or not it counts. */
  readonly error: Tensor
  /** bool [N, A]: those that count; undefined where all do. */
  readonly contributing: Tensor | undefined
}

/** What a class loss looks at. */
export interface ClassLossInputs {
  /** [N, A, K] */
  readonly logits: Tensor
  /** int32 [N, A]: 0 background, else class id + 1. */
  readonly classTargets: Tensor
  /** bool [N, A]: anchors that are responsible for an object. */
  readonly positive: Tensor
}

/** One class loss. */
export interface ClassLoss<
  Name extends string = string,
  Options extends OptionSchemas = OptionSchemas,
> extends Rule<Name, Options> {
  readonly kind: typeof CLASS_LOSS
  /** What it calls wrong, in a few words, e.g. `−log p`. */
  readonly words: string
  /** Whether background is an answer like the classes, column 0. If not, it is "no" to every class. */
  readonly hasBackground: boolean
  /** How wrong each anchor's class is, and whether that counts; inside the graph. */
  error(options: OptionValues<Options>, inputs: ClassLossInputs): ClassError
  /** Logits [N, A, K] to probabilities [N, A, K], each 0..1, inside the graph; without background, column 0 is unread. */
  probabilities(logits: Tensor): Tensor
  /** The same for plain numbers. @param logits [A, K] @param columns K */
  probabilityRows(logits: Float32Array, columns: number): Float32Array
  /** A logit that means this probability, 0..1, exclusive; with background, beside the others' logits made alike. */
  logit(probability: number): number
  /** The logits [K] of an anchor that gives "some object" this chance, 0..1, and no class more than another. */
  prior(chance: number, columns: number): readonly number[]
}

/** A class loss whose options are of no interest. */
export type AnyClassLoss = ClassLoss<string, Record<never, never>>

/** A class loss as one record: its options' types follow from their schemas. */
export function defineClassLoss<Name extends string, const Options extends OptionSchemas>(
  loss: Omit<ClassLoss<Name, Options>, 'kind'>,
): ClassLoss<Name, Options> {
  return { ...loss, kind: CLASS_LOSS }
}
