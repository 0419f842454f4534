/**
 * @file AdamW: every weight steps about as far as the learning rate says, however flat or steep its slope. A loss
 * whose slopes are tiny (focal loss: what is easy hardly counts) is then learned as fast as any other.
 *
 * Each weight remembers its slope v and the slope's square s. Both begin at 0, so at first they are too small: f
 * and h, which remember the number 1 in the same way, tell by how much.
 *
 *     v ← momentum · v + (1 - momentum) · g                f ← momentum · f + (1 - momentum)
 *     s ← squareMemory · s + (1 - squareMemory) · g²       h ← squareMemory · h + (1 - squareMemory)
 *     w ← w - rate · ( (v / f) / (√(s / h) + tiny) + decay · w )
 *
 * Weight decay is applied separately from the slope; otherwise AdamW would rescale it as well.
 *
 * Source: Kingma and Ba 2015, algorithm 1; Loshchilov and Hutter 2019, algorithm 2; PyTorch's `AdamW`.
 */
import { add, divide, multiply, squareRoot, subtract } from '../graph/ops.ts'
import { constant, input, type Tensor } from '../graph/tensor.ts'
import { defineOptimiser, type Replace, velocityOf } from './optimiser.ts'

/** Keeps a step finite where a slope has always been 0 (both papers' and PyTorch's value). */
const TINY = 1e-8

/** The name of a parameter's remembered square in the program's state. */
export const squareOf = (name: string) => `square:${name}`
/** The names of f and h in the program's state. */
export const FILLED = { velocity: 'filled:velocity', square: 'filled:square' } as const

/** AdamW: two memories per weight, and how filled they are. */
export const adamw = defineOptimiser({
  name: 'adamw',
  words: 'scales every gradient to a like size: for focal loss, whose gradients are tiny',
  defaults: {
    // Kingma and Ba 2015, algorithm 1.
    learningRate: 0.001,
    // PyTorch's; beside the slope and not part of it, so another measure than SGD's.
    weightDecay: 0.01,
  },
  rule({ momentum, squareMemory }, replace) {
    const one = constant(1)
    const velocityFilled = remember(FILLED.velocity, one, momentum, replace)
    const squareFilled = remember(FILLED.square, one, squareMemory, replace)
    return ({ name, weight, gradient, decay, rate }) => {
      const velocity = remember(velocityOf(name), gradient, momentum, replace)
      const square = remember(squareOf(name), multiply(gradient, gradient), squareMemory, replace)
      const length = add(squareRoot(divide(square, squareFilled)), constant(TINY))
      const slope = divide(divide(velocity, velocityFilled), length)
      const pulled = decay === 0 ? slope : add(slope, multiply(weight, constant(decay)))
      return subtract(weight, multiply(pulled, rate))
    }
  },
})

/** A running mean in the state: its next value, which is also kept. @param memory 0..1: how slowly it forgets */
function remember(name: string, value: Tensor, memory: number, replace: Replace): Tensor {
  const former = input(name, value.shape)
  const next = add(multiply(former, constant(memory)), multiply(value, constant(1 - memory)))
  replace(name, next)
  return next
}
