/** @file Chance that can be repeated: mutant number i of a target is the same on every machine. */

/**
 * @typedef {object} Random
 * @property {(count: number) => number} below a whole number in [0, count)
 * @property {<T>(list: readonly T[]) => T} pick one entry
 * @property {(chance: number) => boolean} chance true with a probability
 */

/**
 * Mulberry32, seeded with a text and a number.
 * @param {string} name
 * @param {number} index
 * @returns {Random}
 */
export function createRandom(name, index) {
  let state = 2166136261
  for (const unit of `${name} ${index}`) state = Math.imul(state ^ unit.charCodeAt(0), 16777619)
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296
  }
  const below = (/** @type {number} */ count) => Math.floor(uniform() * count)
  return {
    below,
    pick: (list) => /** @type {any} */ (list[below(list.length)]),
    chance: (probability) => uniform() < probability,
  }
}
