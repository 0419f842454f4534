/** @file A web server on this machine that answers as a test tells it to. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/** One answer; `have` is how many bytes the asker says it has, null if it asks for everything. */
export type Answer = (response: ServerResponse, have: number | null, path: string) => void

/** A running server. */
export interface FileServer {
  /** Ends with a slash. */
  readonly address: URL
  /** For each request so far: where it wanted to go on, null for everything. */
  readonly asked: (number | null)[]
}

/** Starts a server that goes away with the test file. @param answers the first, second, ... and all further ones */
export async function serve(...answers: readonly Answer[]): Promise<FileServer> {
  const asked: (number | null)[] = []
  const server = createServer((request, response) => {
    const have = rangeOf(request)
    const answer = answers[Math.min(asked.length, answers.length - 1)]!
    asked.push(have)
    answer(response, have, request.url ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { address: new URL(`http://127.0.0.1:${port}/`), asked }
}

function rangeOf({ headers }: IncomingMessage): number | null {
  const range = /^bytes=(\d+)-$/.exec(headers.range ?? '')
  return range === null ? null : Number(range[1])
}

/** What an honest server does with a file. @param ranges whether it can go on in the middle */
export function file(content: Uint8Array, { ranges = true } = {}): Answer {
  return (response, have) => {
    if (have !== null && ranges && have >= content.length)
      response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end()
    else
      announce(response, content, ranges ? have : null).end(restOf(content, ranges ? have : null))
  }
}

/** The same, but the connection breaks, or falls silent, after some bytes. */
export function fileUpTo(content: Uint8Array, bytes: number, then: 'breaks' | 'is silent'): Answer {
  return (response, have) => {
    const rest = restOf(content, have).subarray(0, bytes)
    announce(response, content, have).write(rest, () => {
      // The bytes must have left before the connection goes.
      if (then === 'breaks') setTimeout(() => response.destroy(), 50)
    })
  }
}

/** Nothing but a status. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => response.writeHead(code, headers).end('no file')
}

function announce(response: ServerResponse, content: Uint8Array, have: number | null) {
  const length = { 'content-length': `${content.length - (have ?? 0)}` }
  const range = `bytes ${have}-${content.length - 1}/${content.length}`
  return have === null
    ? response.writeHead(200, length)
    : response.writeHead(206, { ...length, 'content-range': range })
}

function restOf(content: Uint8Array, have: number | null): Uint8Array {
  return content.subarray(have ?? 0)
}
