/** @file Sigmoid and its inverse, in plain numbers. */

/** The number whose sigmoid is the chance, 0..1, exclusive. */
export function logOdds(chance: number): number {
  return Math.log(chance / (1 - chance))
}

/** 1 / (1 + e^-x) of each number. */
export function sigmoids(numbers: Float32Array): Float32Array {
  return numbers.map((x) => 1 / (1 + Math.exp(-x)))
}
