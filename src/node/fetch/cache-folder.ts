/** @file Where downloaded files are kept between runs. */
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

/** What of the environment says where. */
export interface CacheEnvironment {
  /** The folder itself. */
  readonly SINGLESHOT_CACHE?: string | undefined
  /** The folder of all programs' caches (XDG Base Directory Specification: a relative path is passed over). */
  readonly XDG_CACHE_HOME?: string | undefined
}

/** The cache folder, which need not be there yet: `~/.cache/singleshot` unless the environment says otherwise. */
export function cacheFolder(environment: CacheEnvironment = process.env): string {
  const { SINGLESHOT_CACHE: own = '', XDG_CACHE_HOME: shared = '' } = environment
  if (own !== '') return resolve(own)
  return join(isAbsolute(shared) ? shared : join(homedir(), '.cache'), 'singleshot')
}
