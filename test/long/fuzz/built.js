/** @file What is fuzzed: the built package, and the files that mutants are made from. */
import { readFileSync } from 'node:fs'

const ROOT = new URL('../../../', import.meta.url)

/**
 * A module of the built package.
 * @param {string} path e.g. `weights/model-file.js`
 * @returns {Promise<any>}
 */
export function built(path) {
  return import(new URL(`dist/${path}`, ROOT).href)
}

/**
 * A file of the repository.
 * @param {string} path
 * @returns {Uint8Array}
 */
export function fileOf(path) {
  return Uint8Array.from(readFileSync(new URL(path, ROOT)))
}

/** The model that ships with the page. */
export const SHIPPED_MODEL = 'site/public/data/model.safetensors'

/**
 * A target: what is made in the beginning, and what is done with mutant number `i`. It is accepted if nothing is thrown.
 * @typedef {object} Target
 * @property {string} name
 * @property {number} cases how many the full count is
 * @property {() => Promise<(random: import('./random.js').Random) => unknown>} prepare
 */

/** Thrown by a second stage for a mutant that the first stage refused. */
export class Refused extends Error {}

/**
 * What the first stage gives.
 * @template T
 * @param {() => T} read
 * @returns {T}
 */
export function firstStage(read) {
  try {
    return read()
  } catch (error) {
    if (isCrash(error)) throw error
    throw new Refused()
  }
}

/**
 * Whether an error is none that a user should see.
 * @param {any} error
 */
export function isCrash(error) {
  if (error instanceof Refused) return false
  return error?.name !== 'SingleshotError' || error.code === 'E_INTERNAL'
}
