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
import type { RuleMaker } from './optimiser.ts'

/** The name of a parameter's velocity in the program's state. */
export const velocityOf = (name: string) => `velocity:${name}`

/** SGD's rule: one memory for each weight. @param replace is given the velocities */
export const sgdRule: RuleMaker =
  ({ momentum }, replace) =>
  ({ name, weight, gradient, decay, rate }) => {
    const slope = decay === 0 ? gradient : add(gradient, multiply(weight, constant(decay)))
    const velocity = input(velocityOf(name), weight.shape)
    const next = add(multiply(velocity, constant(momentum)), slope)
    replace(velocityOf(name), next)
    return subtract(weight, multiply(next, rate))
  }
