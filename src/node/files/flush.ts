/** @file Making sure that what was written has reached the disk. */
import { fsync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'

const flushDescriptor = promisify(fsync)

/**
 * Waits until the disk has everything that was written to a file. The handle's own `sync` would do the same, but is
 * missing under Yarn's Plug'n'Play, which replaces `node:fs`.
 * @throws the system's error, such as ENOSPC
 */
export function flush(file: FileHandle): Promise<void> {
  return flushDescriptor(file.fd)
}
