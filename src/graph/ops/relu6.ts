import type { Tensor } from '../tensor.ts'
import { clip } from './clip.ts'

/** min(max(0, x), 6), MobileNet's activation. The gradient passes strictly between the two corners. */
export function relu6(x: Tensor): Tensor {
  return clip(x, { low: 0, high: 6 })
}
