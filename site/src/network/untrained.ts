/** @file The word for a network before its first step, in the address of its model. */

/** Added to a model's address: its network with fresh weights. */
export const UNTRAINED = '#untrained'
