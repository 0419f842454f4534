/**
 * @file What an operator is: three rules, kept side by side in one file per operator (folder ops/).
 *
 * - the **shape rule**: which shape comes out, and which inputs are refused;
 * - the **ONNX nodes** that compute it;
 * - the **gradient**: given how the loss changes with the output, how it changes with each input.
 *
 * Every operator has one output. That keeps each rule a plain function.
 */
import { SingleshotError } from '../error/singleshot-error.ts'
import type { Lowering } from './lowering.ts'
import type { DataType, Shape, Tensor } from './tensor.ts'

/** Shape and element type of a result. */
export interface Inferred {
  readonly shape: Shape
  readonly dtype: DataType
}

/** One use of an operator, as its rules see it. */
export interface Operation<Attributes> {
  readonly inputs: readonly Tensor[]
  readonly attributes: Attributes
  readonly output: Tensor
}

/** The three rules. */
export interface Operator<Attributes> {
  readonly name: string
  /** @throws SingleshotError E_SHAPE when the inputs do not fit */
  infer(inputs: readonly Tensor[], attributes: Attributes): Inferred
  /** Writes ONNX nodes; `names` are the inputs' names. Returns the name of the result. */
  lower(lowering: Lowering, names: readonly string[], operation: Operation<Attributes>): string
  /**
   * The gradient for each input (null: none flows). Absent: the operator is not differentiable, and a
   * path through it carries no gradient (comparisons, ranking) — nothing is back-propagated.
   */
  gradient?(operation: Operation<Attributes>, outputGradient: Tensor): readonly (Tensor | null)[]
}

/** Applies an operator: checks the shapes and makes the promise. */
export function apply<Attributes>(
  operator: Operator<Attributes>,
  inputs: readonly Tensor[],
  attributes: Attributes,
): Tensor {
  const { shape, dtype } = operator.infer(inputs, attributes)
  return { shape, dtype, source: { kind: 'operation', operator, inputs, attributes } }
}

/** The error of a shape rule: `conv2d: expected ..., got ...`. */
export function shapeError(where: string, rule: string, got: unknown): SingleshotError {
  return new SingleshotError('E_SHAPE', { where, rule, got })
}
