import { apply, type Operator } from '../operator.ts'
import type { Tensor } from '../tensor.ts'
import { sum } from './reduce.ts'
import { reshape } from './reshape.ts'

const operator: Operator<{ factor: number }> = {
  name: 'upsample',
  infer: ([x], { factor }) => {
    const [n, c, h, w] = x!.shape as [number, number, number, number]
    return { shape: [n, c, h * factor, w * factor], dtype: 'float32' }
  },
  lower: (lowering, [x], { attributes: { factor } }) =>
    lowering.emit('Resize', [x!, '', lowering.floats([1, 1, factor, factor])], {
      mode: 'nearest',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: 'floor',
    }),
  gradient: ({ inputs: [x], attributes: { factor } }, dy) => {
    const [n, c, h, w] = x!.shape as [number, number, number, number]
    const blocks = reshape(dy, [n * c, h, factor, w, factor])
    return [reshape(sum(blocks, [2, 4]), x!.shape)]
  },
}

/** Each pixel repeated factor x factor times (nearest neighbour). Its gradient sums each block. */
export function upsample(x: Tensor, factor: number): Tensor {
  return apply(operator, [x], { factor })
}
