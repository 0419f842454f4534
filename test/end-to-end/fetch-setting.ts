/** @file A small file to fetch, servers that send it, and caches to keep it in. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256Of } from '../../src/node/fetch/checksum.ts'
import { type Answer, serve } from './file-server.ts'

/** 100,000 bytes that do not repeat. */
export const content = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) >> 7)

/** How its SHA-256 begins. */
export const checksum = sha256Of(content).slice(0, 8)

/** Gives each test a server with answers of its own, a cache inside the folder, and what fetching into it needs. */
export function settingsIn(folder: string) {
  let caches = 0
  return async (...answers: Answer[]) => {
    const server = await serve(...answers)
    const cache = join(folder, `cache-${++caches}`)
    const most = 2 * content.length
    const request = { file: 'a.pth', checksum, address: server.address, folder: cache, most }
    return { server, cache, request, path: join(cache, 'a.pth'), part: join(cache, 'a.pth.part') }
  }
}

/** The content of a file. */
export const bytesOf = async (path: string) => new Uint8Array(await readFile(path))
