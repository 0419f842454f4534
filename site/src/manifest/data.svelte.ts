/** @file The manifest of this page, fetched once. Nothing in it is needed for the first paint. */

import { EMPTY_MANIFEST, type PageManifest } from 'singleshot/core'
import { PageError } from '../shell/problem.ts'

/** The address of a file beside the manifest. */
export function dataAddress(file: string): string {
  return new URL(`data/${file}`, document.baseURI).href
}

class Data {
  /** Empty until it has been read. */
  manifest = $state.raw<PageManifest>(EMPTY_MANIFEST)
  /** What was wrong with it; the page then goes on as a sandbox. */
  problem = $state.raw<unknown>(null)
  /** Settles, never fails, once the manifest has been read. */
  readonly ready: Promise<PageManifest> = this.#read()

  async #read(): Promise<PageManifest> {
    try {
      this.manifest = await fetchManifest()
    } catch (error) {
      this.problem = error
    }
    return this.manifest
  }
}

async function fetchManifest(): Promise<PageManifest> {
  const response = await fetch(dataAddress('manifest.json')).catch(() => null)
  // A page may come without data; a server that fails is another matter.
  if (response?.status === 404) return EMPTY_MANIFEST
  if (!response?.ok) throw new PageError('data/manifest.json cannot be read.', 'Reload the page.')
  const json: unknown = await response.json().catch(() => {
    throw new PageError(
      'data/manifest.json is not JSON.',
      'Make the folder again: singleshot explain --out FOLDER.',
    )
  })
  // The check is not needed for the first paint, and loads a library.
  const { readPageManifest } = await import('./read-manifest.ts')
  return readPageManifest(json)
}

/** What was put beside this page. */
export const data = new Data()
