/**
 * @file One file over HTTP, in pieces if need be. The bytes go to a part file; what is already there is not
 * fetched again (HTTP Range, RFC 9110, section 14). The server may answer:
 *
 *     206    the rest, which is added          200    everything: it starts over
 *     416    there is no rest: the part file is whole, or wrong, which its checksum will tell
 */
import { open, stat } from 'node:fs/promises'
import { SingleshotError } from '../error/singleshot-error.ts'
import { flush } from './flush.ts'
import { onDisk } from './on-disk.ts'

/** What to fetch, and to where. */
export interface DownloadRequest {
  readonly url: URL
  /** The file that the bytes go to. Its folder is there; the file itself may hold a beginning. */
  readonly part: string
  /** How long no byte may come, default 30 s. */
  readonly stallSeconds?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** @param received bytes of the file so far @param total of the file; null if the server does not say */
  readonly onProgress?: ((received: number, total: number | null) => void) | undefined
}

/** A connection that is idle for so long has usually been forgotten on the way. */
const STALL_SECONDS = 30
/** How often a broken connection is made again while each still brings bytes. */
const MOST_ATTEMPTS = 5
const MOST_REDIRECTS = 5

/**
 * Fetches a file. A connection that breaks after it brought something is made again and goes on from there.
 * @throws AbortError when stopped; SingleshotError E_WRITE when the part file cannot be written; else the
 * last connection's error. The part file keeps what came.
 */
export async function download(request: DownloadRequest): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const brought = { bytes: 0 }
    try {
      return await fetchOnce(request, brought)
    } catch (error) {
      request.signal?.throwIfAborted()
      if (error instanceof SingleshotError || brought.bytes === 0 || attempt === MOST_ATTEMPTS)
        throw error
    }
  }
}

async function fetchOnce(request: DownloadRequest, brought: { bytes: number }): Promise<void> {
  const { url, part, signal, stallSeconds = STALL_SECONDS } = request
  const watch = watchForStalls(stallSeconds, signal)
  try {
    const have = (await stat(part).catch(() => null))?.size ?? 0
    const response = await ask(url, have, watch.signal)
    watch.alive()
    if (response.status === 416 && have > 0) return await response.body?.cancel()
    const { from, total } = await placeOf(response, have)
    await append(response, request, { from, total }, (length) => {
      brought.bytes += length
      watch.alive()
    })
  } finally {
    watch.stop()
  }
}

/** Asks for what is not there yet, following redirects, but never from https to something less safe. */
async function ask(url: URL, have: number, signal: AbortSignal, hops = 0): Promise<Response> {
  const headers = {
    // A compressed answer could not be continued: its bytes are not the file's.
    'accept-encoding': 'identity',
    ...(have > 0 && { range: `bytes=${have}-` }),
  }
  const response = await fetch(url, { headers, redirect: 'manual', signal })
  const location = response.headers.get('location')
  if (response.status < 300 || response.status >= 400 || location === null) return response
  await response.body?.cancel()
  const next = new URL(location, url)
  if (next.protocol !== 'https:' && next.origin !== url.origin)
    throw new Error(`a redirect to ${next}, which is not https`)
  if (hops === MOST_REDIRECTS) throw new Error(`more than ${MOST_REDIRECTS} redirects`)
  return ask(next, have, signal, hops + 1)
}

interface Place {
  /** Where the answer's first byte belongs. */
  readonly from: number
  /** Bytes of the whole file. */
  readonly total: number | null
}

/** What part of the file an answer is. */
async function placeOf({ status, headers, body }: Response, have: number): Promise<Place> {
  if (status === 200) {
    const length = headers.get('content-length')
    return { from: 0, total: length === null ? null : Number(length) }
  }
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '')
  if (status === 206 && Number(range?.[1]) === have)
    return { from: have, total: range![2] === '*' ? null : Number(range![2]) }
  await body?.cancel()
  throw new Error(status === 206 ? 'another part than was asked for' : `the status ${status}`)
}

async function append(
  { body }: Response,
  { part, onProgress }: DownloadRequest,
  { from, total }: Place,
  onBytes: (length: number) => void,
): Promise<void> {
  let received = from
  const file = await onDisk('download', part, () => open(part, from === 0 ? 'w' : 'a'))
  try {
    for await (const chunk of body ?? []) {
      await onDisk('download', part, () => file.appendFile(chunk))
      received += chunk.length
      onBytes(chunk.length)
      onProgress?.(received, total)
    }
    await onDisk('download', part, () => flush(file))
  } finally {
    await file.close()
  }
  if (total !== null && received < total)
    throw new Error(`the end of the connection after ${received} of ${total} bytes`)
}

/** A signal that is given when the caller's is, or when nothing was alive for too long. */
function watchForStalls(seconds: number, signal: AbortSignal | undefined) {
  const stalled = new AbortController()
  const giveUp = () => stalled.abort(new Error(`not one byte for ${seconds} s`))
  const timer = setTimeout(giveUp, seconds * 1000)
  return {
    signal: AbortSignal.any([stalled.signal, ...(signal === undefined ? [] : [signal])]),
    alive: () => timer.refresh(),
    stop: () => clearTimeout(timer),
  }
}
