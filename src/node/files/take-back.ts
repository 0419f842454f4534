/** @file Undoing what was written, when the whole did not come about. */
import { rm, rmdir } from 'node:fs/promises'
import { dirname, relative, sep } from 'node:path'

/**
 * Removes files that this process wrote, and the folders that are empty without them, up to `folder` itself: half a
 * result is of no use, and would stand in the way of the next attempt.
 */
export async function takeBack(written: readonly string[], folder: string): Promise<void> {
  for (const path of written) await rm(path, { force: true })
  const folders = new Set([folder])
  for (const path of written)
    for (let inner = dirname(path); isInside(inner, folder); inner = dirname(inner))
      folders.add(inner)
  // The innermost first; one that holds something else stays.
  for (const path of [...folders].toSorted((a, b) => b.length - a.length))
    await rmdir(path).catch(() => undefined)
}

/** Whether a folder lies in another, which it is not itself. */
function isInside(inner: string, outer: string): boolean {
  const way = relative(outer, inner)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`)
}
