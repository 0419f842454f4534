/** @file What the explorer's server answers: a function of the request and the files, without a socket. */
import { extname } from 'node:path'
import type { ExplorerFiles } from './explain-files.ts'
import { PAGE_POLICY_HEADER } from './page-policy.ts'

/** What each kind of file is, for the browser. */
const KINDS: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
}

const HEADERS = {
  // With these two a page is cross-origin isolated, and WebAssembly may use threads.
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'content-security-policy': PAGE_POLICY_HEADER,
  // The same for browsers that do not know frame-ancestors.
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  // The next run may serve other files at the same address.
  'cache-control': 'no-cache',
} as const

/** The parts of a request that matter here. */
export interface PageRequest {
  readonly method?: string | undefined
  readonly url?: string | undefined
  /** The name under which the visitor reached the server. */
  readonly host?: string | undefined
}

/** What goes back. */
export interface PageAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number>>
  /** Undefined where only the headers were asked for. */
  readonly body: Uint8Array | string | undefined
}

/** Answers a request. A path that is not in the list is not there. */
export async function answerRequest(
  files: ExplorerFiles,
  { method, url, host }: PageRequest,
): Promise<PageAnswer> {
  // Another site's name that leads here is no visitor of ours: it wants to read this machine's pictures.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '')) return refusal(403)
  if (method !== 'GET' && method !== 'HEAD') return refusal(405)
  const path = pathOf(url ?? '/')
  const bytes = await files
    .get(path)?.()
    .catch(() => undefined)
  if (bytes === undefined) return refusal(404)
  const kind = KINDS[extname(path)] ?? 'application/octet-stream'
  const headers = { ...HEADERS, 'content-type': kind, 'content-length': bytes.length }
  return { status: 200, headers, body: method === 'HEAD' ? undefined : bytes }
}

function pathOf(url: string): string {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/, '')).replace(/^\/+/, '')
    return path === '' || path.endsWith('/') ? `${path}index.html` : path
  } catch {
    return '' // Not an address at all.
  }
}

function refusal(status: number): PageAnswer {
  return { status, headers: { ...HEADERS, 'content-type': 'text/plain' }, body: `${status}\n` }
}
