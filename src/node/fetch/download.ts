/**
 * @file One file over HTTP, in pieces if need be. The bytes go to a part file; what is already there is not
 * fetched again (HTTP Range, RFC 9110, section 14). The server may answer:
 *
 *     206    the rest, which is added          200    everything: it starts over
 *     416    there is no rest: the part file is whole, or wrong, which its checksum will tell
 *
 * The server is not trusted: neither with the length of what it sends nor with where it redirects to.
 */
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { Listener, ProgressEvent } from '../events.ts'
import { flush } from '../files/flush.ts'
import { keptLength, openPart } from '../files/kept-file.ts'
import { onDisk } from '../files/on-disk.ts'

/** What to fetch, and to where. */
export interface DownloadRequest {
  /** Without a user name or password. */
  readonly url: URL
  /** The `Authorization` header, if the server wants one. No other server gets it. */
  readonly authorization?: string | undefined
  /** The file that the bytes go to. Its folder exists; the file itself may hold a beginning. */
  readonly part: string
  /** Bytes of the longest file to accept. */
  readonly most: number
  /** How long no byte may come, default 30 s. */
  readonly stallSeconds?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Told of the bytes of the file so far; the total is null if the server does not say it. */
  readonly onEvent?: Listener<ProgressEvent<'fetch'>>
}

/** A connection that is idle for so long has usually been forgotten on the way. */
const STALL_SECONDS = 30
/** How often a broken connection is made again while each still brings bytes. */
const MOST_ATTEMPTS = 5
const MOST_REDIRECTS = 5

/**
 * Fetches a file. A connection that breaks after it brought something is made again and goes on from there.
 * @throws AbortError when stopped; SingleshotError E_WRITE when the part file cannot be written, or there is no room
 * for it; E_DOWNLOAD for a file that is too long; E_OUTPUT_EXISTS where the part file is a link or a folder; else the
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
  const { part, most, signal, stallSeconds = STALL_SECONDS } = request
  const watch = watchForStalls(stallSeconds, signal)
  try {
    const length = (await keptLength(part)) ?? 0
    const have = length > most ? 0 : length
    const response = await ask(request, have, watch.signal)
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
async function ask(
  { url: first, authorization }: DownloadRequest,
  have: number,
  signal: AbortSignal,
): Promise<Response> {
  let url = first
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const headers = {
      // A compressed answer could not be continued: its bytes are not the file's.
      'accept-encoding': 'identity',
      ...(have > 0 && { range: `bytes=${have}-` }),
      ...(authorization !== undefined && url.origin === first.origin && { authorization }),
    }
    const response = await fetch(url, { headers, redirect: 'manual', signal })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null)
      return await refuseEncoded(response)
    await response.body?.cancel()
    url = nextOf(location, url)
  }
  throw new Error(`more than ${MOST_REDIRECTS} redirects`)
}

function nextOf(location: string, from: URL): URL {
  if (!URL.canParse(location, from.href))
    throw new Error('a redirect to something that is no address')
  const next = new URL(location, from)
  // `fetch` takes no address with a password in it, and would print it.
  next.username = ''
  next.password = ''
  if (next.protocol === 'https:' || next.origin === from.origin) return next
  // What follows the path may be a key that opens the file to anyone who reads the message.
  throw new Error(`a redirect to ${next.origin}${next.pathname}, which is not https`)
}

/** `fetch` unpacks on its own, without a limit, whatever the server chose to pack. */
async function refuseEncoded(response: Response): Promise<Response> {
  const encoding = response.headers.get('content-encoding') ?? 'identity'
  if (encoding === 'identity') return response
  await response.body?.cancel()
  throw new Error(`an answer in the encoding ${encoding}, which was not asked for`)
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
  request: DownloadRequest,
  { from, total }: Place,
  onBytes: (length: number) => void,
): Promise<void> {
  const { part, most, onEvent } = request
  if (total !== null && total > most) throw await tooLong(request, `${total} bytes`, body)
  if (total !== null) await expectRoom(part, total - from)
  let received = from
  const file = await openPart(part, from)
  try {
    for await (const chunk of body ?? []) {
      received += chunk.length
      if (received > most) {
        // A beginning of this kind is nothing to go on from.
        await onDisk('download', part, () => file.truncate(0))
        throw await tooLong(request, 'more')
      }
      await onDisk('download', part, () => file.appendFile(chunk))
      onBytes(chunk.length)
      onEvent?.({ type: 'progress', task: 'fetch', done: received, total })
    }
    await onDisk('download', part, () => flush(file))
  } finally {
    await file.close()
  }
  if (total !== null && received < total)
    throw new Error(`the end of the connection after ${received} of ${total} bytes`)
}

async function tooLong(
  { url, most }: DownloadRequest,
  got: string,
  body?: Response['body'],
): Promise<SingleshotError> {
  await body?.cancel()
  return new SingleshotError('E_DOWNLOAD', {
    where: 'pull',
    rule: `expected ${url} to send at most ${most} bytes, about twice the length of the file`,
    got,
    remedy: 'Use another mirror, or none: this one does not send the published file.',
  })
}

/** @throws SingleshotError E_WRITE if the disk cannot hold so many bytes more; some systems cannot tell */
async function expectRoom(part: string, bytes: number): Promise<void> {
  const disk = await statfs(dirname(part)).catch(() => null)
  if (disk === null || disk.bavail * disk.bsize >= bytes) return
  throw new SingleshotError('E_WRITE', {
    where: 'pull',
    rule: `expected room for ${bytes} bytes more on the disk`,
    got: `room for ${disk.bavail * disk.bsize}`,
    file: part,
    remedy: 'Free some space, or name a folder on another disk with --cache.',
  })
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
