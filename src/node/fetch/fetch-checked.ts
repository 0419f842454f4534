/**
 * @file A file of known checksum, fetched once and kept. It gets its name only when it is whole and its
 * checksum is right; a wrong one is set aside under another name.
 *
 *     NAME.part     what came so far; the next attempt goes on from there
 *     NAME          whole and right
 *     NAME.wrong    whole and wrong: the last such file only, or they would fill the disk
 */
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { describeError, SingleshotError } from '../../error/singleshot-error.ts'
import { keptLength } from '../files/kept-file.ts'
import { onDisk } from '../files/on-disk.ts'
import { sha256OfFile } from './checksum.ts'
import { type DownloadRequest, download } from './download.ts'

/** Which file, from where, to where. */
export interface CheckedRequest extends Omit<DownloadRequest, 'url' | 'part'> {
  /** Its name, there and here. */
  readonly file: string
  /** Its SHA-256 in hex digits, or the beginning of it. */
  readonly checksum: string
  /** The address of the folder that it is in; ends with a slash. */
  readonly address: URL
  /** The folder to keep it in; made if it is not there. */
  readonly folder: string
}

/** A file that is kept. */
export interface CheckedFile {
  readonly path: string
  readonly bytes: number
  /** 64 hex digits. */
  readonly sha256: string
  /** Whether it was there already. */
  readonly cached: boolean
}

/**
 * Fetches a file, or finds it where it is kept.
 * @throws SingleshotError E_DOWNLOAD with the address and the path; E_CHECKSUM; E_WRITE; E_OUTPUT_EXISTS where a link
 * or a folder takes the place of a file; AbortError when stopped
 */
export async function fetchChecked(request: CheckedRequest): Promise<CheckedFile> {
  const { file, checksum, folder, signal } = request
  const path = join(folder, file)
  const cached = (await keptLength(path)) !== null
  const found = cached ? path : `${path}.part`
  if (!cached) {
    await onDisk('pull', folder, () => mkdir(folder, { recursive: true }))
    await fetchPart(request, path, found)
  }
  const sha256 = await sha256OfFile(found, signal)
  if (!sha256.startsWith(checksum)) throw await setAside(found, path, { sha256, checksum })
  if (!cached) await onDisk('pull', path, () => rename(found, path))
  return { path, bytes: (await keptLength(path))!, sha256, cached }
}

async function fetchPart(request: CheckedRequest, path: string, part: string): Promise<void> {
  const url = new URL(request.file, request.address)
  try {
    await download({ ...request, url, part })
  } catch (error) {
    if (request.signal?.aborted || error instanceof SingleshotError) throw error
    throw new SingleshotError('E_DOWNLOAD', {
      where: 'pull',
      rule: `expected ${url} to send the file; fetched by other means, it belongs at ${path}`,
      got: reasonOf(error),
      cause: error,
    })
  }
}

/** What `fetch` knows of the reason is one level down, and may be a code without a sentence. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  if (cause === undefined) return describeError(error)
  const { code } = cause as { readonly code?: string }
  return [describeError(error), code, describeError(cause)].filter(Boolean).join(': ')
}

/** Moves a wrong file out of the way, in the place of the last one, so that the next attempt begins anew. */
async function setAside(
  found: string,
  path: string,
  { sha256, checksum }: { readonly sha256: string; readonly checksum: string },
): Promise<SingleshotError> {
  const aside = `${path}.wrong`
  await onDisk('pull', aside, () => rename(found, aside))
  return new SingleshotError('E_CHECKSUM', {
    where: 'pull',
    rule: `expected a file whose SHA-256 ${checksum.length < 64 ? 'begins with' : 'is'} ${checksum}; it was set aside as ${aside}`,
    got: sha256,
    file: path,
  })
}
