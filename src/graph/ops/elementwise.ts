/** @file The shape rules and nodes that operators working element by element have in common. */
import { broadcastShape, sumToShape } from '../broadcast.ts'
import { apply, type Operation, type Operator } from '../operator.ts'
import { type DataType, elementCount, type Tensor } from '../tensor.ts'

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
    lower: (lowering, names, { inputs, output }) => {
      if (!isSlowScalar(inputs)) return lowering.emit(opType, names)
      const flat = names.map((name, i) => lowering.reshape(name, [elementCount(inputs[i]!.shape)]))
      return lowering.reshape(lowering.emit(opType, flat), output.shape)
    },
    ...(gradient && {
      gradient: (operation, dy) =>
        gradient(operation, dy).map((part, i) => sumToShape(part, operation.inputs[i]!.shape)),
    }),
  }
  return (a, b) => apply(operator, [a, b], null)
}

/**
 * Whether one input is a single number and the other ends in an axis of length 1, like the weights of a 1x1 convolution:
 * ONNX Runtime then goes element by element, twenty times slower than along a row (docs/log.md).
 */
function isSlowScalar([a, b]: readonly Tensor[]): boolean {
  const [number, tensor] = elementCount(a!.shape) === 1 ? [a!, b!] : [b!, a!]
  const { shape } = tensor
  return elementCount(number.shape) === 1 && elementCount(shape) > 1 && shape.at(-1) === 1
}
