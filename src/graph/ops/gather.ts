import { apply, type Operator, shapeError } from '../operator.ts'
import { constant, type Tensor } from '../tensor.ts'
import { oneHot } from './one-hot.ts'
import { reshape } from './reshape.ts'
import { where } from './where.ts'

const operator: Operator<null> = {
  name: 'gather',
  infer: ([x, index]) => {
    const rows = x!.shape.slice(0, -1)
    if (!index!.dtype.startsWith('int') || index!.shape.join() !== rows.join())
      throw shapeError(
        'gather',
        `expected one whole-number index for each row [${rows}]`,
        index!.shape,
      )
    return { shape: rows, dtype: 'float32' }
  },
  lower: (lowering, [x, index], { inputs }) => {
    const rows = inputs[1]!.shape
    const column = lowering.reshape(index!, [...rows, 1])
    const picked = lowering.emit('GatherElements', [x!, column], { axis: rows.length })
    return lowering.reshape(picked, rows)
  },
  gradient: ({ inputs: [x, index] }, dy) => {
    const chosen = oneHot(index!, x!.shape.at(-1)!)
    return [where(chosen, reshape(dy, [...dy.shape, 1]), constant(0)), null]
  },
}

/** One element of each row (the last axis): x [..., K] and index [...] give [...]. */
export function gather(x: Tensor, index: Tensor): Tensor {
  return apply(operator, [x, index], null)
}
