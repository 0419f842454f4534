/** @file What was counted of a target, in memory that the counting and the watching thread share. */

/** In this order; `at` is the mutant that is being tried. */
export const COUNTS = /** @type {const} */ ([
  'at',
  'accepted',
  'refused',
  'crashes',
  'slow',
  'large',
  'longest',
])

/** @typedef {(typeof COUNTS)[number]} Count */

/** Counts that are all 0, with no mutant tried yet. */
export function createCounts() {
  const counts = new Int32Array(new SharedArrayBuffer(4 * COUNTS.length))
  counts[COUNTS.indexOf('at')] = -1
  return counts
}

/** @param {Int32Array} counts @param {Count} name */
export function read(counts, name) {
  return Atomics.load(counts, COUNTS.indexOf(name))
}

/** @param {Int32Array} counts @param {Count} name @param {number} value */
export function write(counts, name, value) {
  Atomics.store(counts, COUNTS.indexOf(name), value)
}

/** @param {Int32Array} counts @param {Count} name */
export function add(counts, name) {
  Atomics.add(counts, COUNTS.indexOf(name), 1)
}
