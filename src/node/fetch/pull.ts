/** @file Fetching a published file into the cache: what the CLI's `pull` does. */
import * as z from 'zod'
import { checkOptions } from '../../check/check-options.ts'
import { callbackSchema, type PartsOf, pathSchema, signalSchema } from '../../check/schemas.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { checksumOf, PUBLISHED, type PublishedName } from '../../weights/foreign/published.ts'
import { cacheFolder } from './cache-folder.ts'
import { type CheckedFile, type CheckedRequest, fetchChecked } from './fetch-checked.ts'
import { type Mirror, readMirror } from './mirror.ts'

/** What to fetch. */
export interface PullRequest extends Pick<CheckedRequest, 'stallSeconds' | 'signal' | 'onEvent'> {
  readonly name: PublishedName
  /** The folder to keep it in, default SINGLESHOT_CACHE, else `singleshot` in the user's cache. */
  readonly cache?: string | undefined
  /**
   * The address of a folder with the same files, default SINGLESHOT_MIRROR, else the publisher's. A user name and
   * password in it are sent to that server only, and never printed.
   */
  readonly mirror?: string | undefined
  /** Whether plain http will do for a file that could then be forged, since its whole SHA-256 is not known. */
  readonly insecure?: boolean | undefined
}

/** What `pull` takes. */
const pullRequestSchema = z.strictObject({
  name: z.enum(Object.keys(PUBLISHED) as [PublishedName, ...PublishedName[]]),
  cache: pathSchema.optional(),
  mirror: z.string().optional(),
  insecure: z.boolean().optional(),
  stallSeconds: z.number().positive().max(3600).optional(),
  signal: signalSchema.optional(),
  onEvent: callbackSchema.optional(),
} satisfies PartsOf<PullRequest>)

/** A published file in the cache. */
export interface PullResult extends CheckedFile {
  readonly name: PublishedName
}

/**
 * Fetches a published file, or finds it in the cache.
 * @throws SingleshotError E_DOWNLOAD with the address and the path; E_CHECKSUM; E_WRITE; E_OUTPUT_EXISTS where a link
 * or a folder takes the place of a file; E_CONFIG for a name that is not published or a mirror that is no address,
 * or not safe enough; the signal's reason: what came is kept
 */
export async function pull(request: PullRequest): Promise<PullResult> {
  checkOptions(pullRequestSchema, request, 'pull')
  request.signal?.throwIfAborted()
  const { name, cache, mirror: named, insecure = false, ...rest } = request
  const published = PUBLISHED[name]
  const { forgeable, ...mirror } = readMirror(named ?? process.env.SINGLESHOT_MIRROR)
  if (forgeable && !insecure && published.sha256 === undefined) throw unsafe(name, mirror)
  const fetched = await fetchChecked({
    ...rest,
    ...mirror,
    file: published.file,
    checksum: checksumOf(published),
    most: LENGTHS_ACCEPTED * published.megabytes * BYTES_A_MEGABYTE,
    folder: cache ?? cacheFolder(),
  })
  return { name, ...fetched }
}

const BYTES_A_MEGABYTE = 1e6

/** The table's megabytes are rounded, and a wrong file should still be told by its checksum, not only by its length. */
const LENGTHS_ACCEPTED = 2

function unsafe(name: PublishedName, { address }: Pick<Mirror, 'address'>): SingleshotError {
  return new SingleshotError('E_CONFIG', {
    where: 'pull',
    rule: `expected a mirror with https for ${name}: only the beginning of its SHA-256 is known, so a file that was forged on the way would pass`,
    got: address.href,
    remedy:
      'Use a mirror with https; or, if you trust the network on the way to it, add --insecure.',
  })
}
