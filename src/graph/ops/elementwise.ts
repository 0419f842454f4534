/** @file The shape rules and nodes that operators working element by element have in common. */
import { broadcastShape, sumToShape } from '../broadcast.ts'
import { apply, type Operation, type Operator } from '../operator.ts'
import type { DataType, Tensor } from '../tensor.ts'

type Gradient<Result> = (operation: Operation<null>, outputGradient: Tensor) => Result

/**
 * An operator f(x) that keeps the shape.
 * @param name ours @param opType ONNX's @param gradient the gradient for x; absent: none flows
 */
export function unary(
  name: string,
  opType: string,
  gradient?: Gradient<Tensor>,
): (x: Tensor) => Tensor {
  const operator: Operator<null> = {
    name,
    infer: ([x]) => ({ shape: x!.shape, dtype: x!.dtype }),
    lower: (lowering, names) => lowering.emit(opType, names),
    ...(gradient && { gradient: (operation, dy) => [gradient(operation, dy)] }),
  }
  return (x) => apply(operator, [x], null)
}

/**
 * An operator f(a, b) whose inputs broadcast.
 * @param gradient the gradients for a and b before stretching is undone; absent: none flows
 */
export function binary(
  name: string,
  opType: string,
  gradient?: Gradient<readonly [Tensor, Tensor]>,
  dtype: DataType = 'float32',
): (a: Tensor, b: Tensor) => Tensor {
  const operator: Operator<null> = {
    name,
    infer: ([a, b]) => ({ shape: broadcastShape(name, a!.shape, b!.shape), dtype }),
    lower: (lowering, names) => lowering.emit(opType, names),
    ...(gradient && {
      gradient: (operation, dy) =>
        gradient(operation, dy).map((part, i) => sumToShape(part, operation.inputs[i]!.shape)),
    }),
  }
  return (a, b) => apply(operator, [a, b], null)
}
