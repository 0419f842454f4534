import { unary } from './elementwise.ts'

/** x itself, but as if it were a constant: nothing is back-propagated through it. */
export const stopGradient = unary('stopGradient', 'Identity')
