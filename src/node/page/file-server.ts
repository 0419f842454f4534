/**
 * @file A web server for a list of files, for the people at this machine only: nothing else on the disk can be reached.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { disposable } from '../../call/disposable.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { ExplorerFiles } from './explain-files.ts'
import { answerRequest } from './page-answer.ts'

const HOST = '127.0.0.1'

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
  { method, url, headers: { host } }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, headers, body } = await answerRequest(files, { method, url, host })
  response.writeHead(status, headers).end(body)
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
