import { binary } from './elementwise.ts'

/** a + b, with broadcasting. */
export const add = binary('add', 'Add', (_, dy) => [dy, dy])
