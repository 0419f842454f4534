/**
 * @file A web server for a list of files, for the people at this machine only. A path that is not in the list is not
 * there: nothing else on the disk can be reached.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { disposable } from '../../call/disposable.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { ExplorerFiles } from './explain-files.ts'
import { PAGE_POLICY_HEADER } from './page-policy.ts'

const HOST = '127.0.0.1'

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

/** A running server. */
export interface RunningServer extends AsyncDisposable {
  /** Ends with a slash. */
  readonly address: string
  close(): Promise<void>
}

/**
 * Serves files on this machine, at 127.0.0.1.
 * @param port 0: any that is free
 * @throws SingleshotError E_USAGE when the port is taken or not allowed
 */
export async function serveFiles(files: ExplorerFiles, port: number): Promise<RunningServer> {
  const server = createServer((request, response) => {
    answer(files, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portError(port, error)))
    server.listen(port, HOST, resolve)
  })
  return disposable({
    address: `http://${HOST}:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

async function answer(
  files: ExplorerFiles,
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Another site's name that leads here is no visitor of ours: it wants to read this machine's pictures.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '')) return end(response, 403)
  if (method !== 'GET' && method !== 'HEAD') return end(response, 405)
  const path = pathOf(url ?? '/')
  const read = files.get(path)
  if (read === undefined) return end(response, 404)
  const bytes = await read().catch(() => null)
  if (bytes === null) return end(response, 404)
  const kind = KINDS[extname(path)] ?? 'application/octet-stream'
  response.writeHead(200, { ...HEADERS, 'content-type': kind, 'content-length': bytes.length })
  response.end(method === 'HEAD' ? undefined : bytes)
}

function pathOf(url: string): string {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/, '')).replace(/^\/+/, '')
    return path === '' || path.endsWith('/') ? `${path}index.html` : path
  } catch {
    return '' // Not an address at all.
  }
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain' }).end(`${status}\n`)
}

function portError(port: number, error: NodeJS.ErrnoException): SingleshotError {
  const taken = error.code === 'EADDRINUSE'
  return new SingleshotError('E_USAGE', {
    where: 'explain',
    rule: taken
      ? 'expected a port that is free; another program uses this one, choose another --port (0: any)'
      : `expected a port that may be opened (${error.code ?? error.message}); choose another --port (0: any)`,
    got: port,
    cause: error,
  })
}
