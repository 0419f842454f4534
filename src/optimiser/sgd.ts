/**
 * @file SGD with momentum: a ball rolling downhill. Its velocity v remembers former slopes, so that zigzags
 * cancel and steady slopes add up; weight decay pulls weights gently towards 0.
 *
 *     v ← momentum · v + g + decay · w
 *     w ← w - rate · v
 *
 * Source: the SSD paper, section 3; PyTorch's `SGD`.
 */
import { add, multiply, subtract } from '../graph/ops.ts'
import { constant, input } from '../graph/tensor.ts'
import { defineOptimiser, velocityOf } from './optimiser.ts'

/** SGD with momentum: one memory per weight. */
export const sgd = defineOptimiser({
  name: 'sgd',
  words: 'follows the gradients as they are',
  defaults: {
    // Playing cards, 24 epochs, one seed: .015 and .03 alike, .06 and .15 worse (docs/log.md).
    learningRate: 0.03,
    // The SSD paper's (section 3).
    weightDecay: 5e-4,
  },
  rule:
    ({ momentum }, replace) =>
    ({ name, weight, gradient, decay, rate }) => {
      const slope = decay === 0 ? gradient : add(gradient, multiply(weight, constant(decay)))
      const velocity = input(velocityOf(name), weight.shape)
      const next = add(multiply(velocity, constant(momentum)), slope)
      replace(velocityOf(name), next)
      return subtract(weight, multiply(next, rate))
    },
})
