import { binary } from './elementwise.ts'
import { negate } from './negate.ts'

/** a - b, with broadcasting. */
export const subtract = binary('subtract', 'Sub', (_, dy) => [dy, negate(dy)])
