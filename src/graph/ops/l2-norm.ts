import { constant, type Tensor } from '../tensor.ts'
import { add } from './add.ts'
import { divide } from './divide.ts'
import { multiply } from './multiply.ts'
import { sum } from './reduce.ts'
import { squareRoot } from './square-root.ts'

/** Keeps the derivative of the square root finite where all channels are 0. */
const SMALLEST_SQUARE = 1e-12

/**
 * Divides each pixel's channels by their length, so that every pixel of [N, C, H, W] has length 1 over C.
 * SSD puts it on conv4_3, whose activations are much larger than the later ones' (ParseNet, section 3.2).
 */
export function l2Normalise(x: Tensor): Tensor {
  const squares = sum(multiply(x, x), [1])
  return divide(x, squareRoot(add(squares, constant(SMALLEST_SQUARE))))
}
