import { binary } from './elementwise.ts'
import { multiply } from './multiply.ts'
import { negate } from './negate.ts'

/** a / b, with broadcasting. d(a/b) = da / b - (a/b) db / b. */
export const divide = binary('divide', 'Div', ({ inputs: [, b], output }, dy) => {
  const da = divide(dy, b!)
  return [da, negate(multiply(da, output))]
})
