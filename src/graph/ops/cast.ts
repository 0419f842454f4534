import { apply, type Operator } from '../operator.ts'
import type { DataType, Tensor } from '../tensor.ts'

/** ONNX's numbers for element types (TensorProto.DataType). */
export const ONNX_TYPE = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
} as const satisfies Record<DataType, number>

const operator: Operator<{ dtype: DataType }> = {
  name: 'cast',
  infer: ([x], { dtype }) => ({ shape: x!.shape, dtype }),
  lower: (lowering, names, { attributes }) =>
    lowering.emit('Cast', names, { to: ONNX_TYPE[attributes.dtype] }),
}

/** The same elements as another type; true becomes 1. No gradient: it is used on decisions. */
export function cast(x: Tensor, dtype: DataType): Tensor {
  return apply(operator, [x], { dtype })
}
