/** @file SHA-256: 64 hex digits that change with every damaged byte, and tell which published file a file is. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** The SHA-256 of some bytes, in hex digits. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The SHA-256 of a file, in hex digits; it is read piece by piece. @throws the signal's reason, which ends the reading */
export async function sha256OfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash, { ...(signal && { signal }) })
  } catch (error) {
    signal?.throwIfAborted() // The stream's own error would say only that it was ended.
    throw error
  }
  return hash.digest('hex')
}
