/** @file Fetching a published file into the cache: what the CLI's `pull` does. */
import { checkOptions } from '../config/check-options.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { checksumStart, PUBLISHED, PUBLISHER, type PublishedName } from '../weights/published.ts'
import { cacheFolder } from './cache-folder.ts'
import { type CheckedFile, type CheckedRequest, fetchChecked } from './fetch-checked.ts'
import { pullRequestSchema } from './request-schemas.ts'

/** What to fetch. */
export interface PullRequest
  extends Pick<CheckedRequest, 'stallSeconds' | 'signal' | 'onProgress'> {
  readonly name: PublishedName
  /** The folder to keep it in, default SINGLESHOT_CACHE, else `singleshot` in the user's cache. */
  readonly cache?: string | undefined
  /** The address of a folder with the same files, default SINGLESHOT_MIRROR, else the publisher's. */
  readonly mirror?: string | undefined
}

/** A published file in the cache. */
export interface PullResult extends CheckedFile {
  readonly name: PublishedName
}

/**
 * Fetches a published file, or finds it in the cache.
 * @throws SingleshotError E_DOWNLOAD with the address and the path; E_CHECKSUM; E_WRITE; E_CONFIG for a
 * name that is not published or a mirror that is no address; AbortError when stopped: what came is kept
 */
export async function pull(request: PullRequest): Promise<PullResult> {
  checkOptions(pullRequestSchema, request, 'pull')
  const { name, cache, mirror, ...rest } = request
  const published = PUBLISHED[name]
  const fetched = await fetchChecked({
    ...rest,
    file: published.file,
    checksum: checksumStart(published),
    address: addressOf(mirror ?? process.env.SINGLESHOT_MIRROR),
    folder: cache ?? cacheFolder(),
  })
  return { name, ...fetched }
}

/** The address of the folder, with a slash at its end. @throws SingleshotError E_CONFIG */
function addressOf(mirror = ''): URL {
  const text = mirror === '' ? PUBLISHER : mirror
  const url = URL.canParse(text) ? new URL(text.endsWith('/') ? text : `${text}/`) : null
  if (url !== null && /^https?:$/.test(url.protocol)) return url
  const rule = 'expected a mirror whose address begins with https:// or http://'
  throw new SingleshotError('E_CONFIG', { where: 'pull', rule, got: text })
}
