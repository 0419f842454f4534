import { expect, it } from 'vitest'
import { classErrorOf, logitSlopes, offsetBlame, softmax } from './blame.ts'

it('one half costs log 2, certainty nothing', () => {
  expect(classErrorOf(0.5)).toBeCloseTo(Math.LN2, 12)
  expect(classErrorOf(1)).toBeCloseTo(0, 12)
})

// By hand, beta 0.2: .1 off gives .01 / .4 = .025; .5 off gives .5 - .1 = .4; at .2 both are .1.
it('is a parabola near by and a line farther out', () => {
  expect(offsetBlame(0.6, 0.5, 0.2)).toMatchObject({ near: true })
  expect(offsetBlame(0.6, 0.5, 0.2).error).toBeCloseTo(0.025, 12)
  expect(offsetBlame(0, 0.5, 0.2)).toMatchObject({ near: false, difference: -0.5 })
  expect(offsetBlame(0, 0.5, 0.2).error).toBeCloseTo(0.4, 12)
  expect(offsetBlame(0.2, 0, 0.2).error).toBeCloseTo(0.1, 12)
})

// By hand: e^log3 = 3 beside e^0 = 1: three quarters and one quarter.
it('turns logits into probabilities, and those into slopes', () => {
  const probabilities = softmax([Math.log(3), 0])
  expect(probabilities[0]).toBeCloseTo(0.75, 12)
  expect(logitSlopes(probabilities, 1)[0]).toBeCloseTo(0.75, 12)
  expect(logitSlopes(probabilities, 1)[1]).toBeCloseTo(-0.75, 12)
})
