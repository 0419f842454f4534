import type { Tensor } from '../tensor.ts'
import { mean } from './reduce.ts'

/** The mean of each channel over the picture: [N, C, H, W] gives [N, C, 1, 1]. */
export function globalAveragePool(x: Tensor): Tensor {
  return mean(x, [2, 3])
}
