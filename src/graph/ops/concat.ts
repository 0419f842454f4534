import { apply, type Operator, shapeError } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { slice } from './slice.ts'

const operator: Operator<{ axis: number }> = {
  name: 'concat',
  infer: (inputs, { axis }) => {
    const first = inputs[0]!
    for (const { shape } of inputs)
      if (
        shape.length !== first.shape.length ||
        shape.some((length, i) => i !== axis && length !== first.shape[i])
      )
        throw shapeError(
          'concat',
          `expected equal lengths but for axis ${axis}`,
          inputs.map((x) => [...x.shape]),
        )
    const total = inputs.reduce((length, x) => length + x.shape[axis]!, 0)
    return { shape: first.shape.with(axis, total), dtype: first.dtype }
  },
  lower: (lowering, names, { attributes }) =>
    lowering.emit('Concat', names, { axis: attributes.axis }),
  gradient: ({ inputs, attributes: { axis } }, dy) => {
    let start = 0
    return inputs.map((x) => {
      const end = start + x.shape[axis]!
      const part = slice(dy, [{ axis, start, end }])
      start = end
      return part
    })
  },
}

/** Several tensors laid end to end along one axis. */
export function concat(inputs: readonly Tensor[], axis: number): Tensor {
  return inputs.length === 1 ? inputs[0]! : apply(operator, inputs, { axis })
}
