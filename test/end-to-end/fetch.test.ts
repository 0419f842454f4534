import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { sha256Of } from '../../src/node/checksum.ts'
import { fetchChecked } from '../../src/node/fetch-checked.ts'
import { openPart } from '../../src/node/kept-file.ts'
import { type Answer, file, fileUpTo, serve, status } from './file-server.ts'
import { temporaryFolder } from './sets.ts'

const folder = await temporaryFolder()

/** 100,000 bytes that do not repeat. */
const content = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) >> 7)
const checksum = sha256Of(content).slice(0, 8)

let caches = 0
/** A cache of its own, and what fetching into it needs. */
async function setting(...answers: Answer[]) {
  const server = await serve(...answers)
  const cache = join(folder, `cache-${++caches}`)
  const request = { file: 'a.pth', checksum, address: server.address, folder: cache, most: 200_000 }
  return { server, cache, request, path: join(cache, 'a.pth'), part: join(cache, 'a.pth.part') }
}
const bytesOf = async (path: string) => new Uint8Array(await readFile(path))

describe('a published file', () => {
  it('is fetched once, and then found in the cache', async () => {
    const { server, request, path, cache } = await setting(file(content))
    const shown: number[] = []
    const first = await fetchChecked({ ...request, onProgress: (now) => shown.push(now) })
    const fetched = { path, bytes: 100_000, sha256: sha256Of(content) }
    expect(first).toEqual({ ...fetched, cached: false })
    expect(await fetchChecked(request)).toEqual({ ...fetched, cached: true })
    expect(server.asked).toEqual([null])
    expect(await bytesOf(path)).toEqual(content)
    expect(await readdir(cache)).toEqual(['a.pth'])
    expect(shown.at(-1)).toBe(100_000)
  })

  it('goes on where a connection broke', async () => {
    const { server, request, path } = await setting(
      fileUpTo(content, 30_000, 'breaks'),
      fileUpTo(content, 20_000, 'breaks'),
      file(content),
    )
    await fetchChecked(request)
    expect(server.asked).toEqual([null, 30_000, 50_000])
    expect(await bytesOf(path)).toEqual(content)
  })

  it('goes on where an earlier command was stopped', async () => {
    const { server, request, path, part, cache } = await setting(file(content))
    await mkdir(cache)
    await writeFile(part, content.subarray(0, 12_345))
    await fetchChecked(request)
    expect(server.asked).toEqual([12_345])
    expect(await bytesOf(path)).toEqual(content)
  })

  it('begins again with a server that can only send everything', async () => {
    const { server, request, path } = await setting(
      fileUpTo(content, 30_000, 'breaks'),
      file(content, { ranges: false }),
    )
    await fetchChecked(request)
    expect(server.asked).toEqual([null, 30_000])
    expect(await bytesOf(path)).toEqual(content)
  })

  it('that was whole already takes its name when the server has nothing more', async () => {
    const { server, request, path, part, cache } = await setting(file(content))
    await mkdir(cache)
    await writeFile(part, content)
    await fetchChecked(request)
    expect(server.asked).toEqual([100_000])
    expect(await bytesOf(path)).toEqual(content)
  })

  it('is found behind a redirect on the same server, but not on a less safe one', async () => {
    const moved = status(302, { location: '/elsewhere/a.pth' })
    const { request, path } = await setting(moved, file(content))
    await fetchChecked(request)
    expect(await bytesOf(path)).toEqual(content)
    const other = await setting(status(302, { location: 'http://127.0.0.2:8080/a.pth' }))
    await expect(fetchChecked(other.request)).rejects.toMatchObject({
      code: 'E_DOWNLOAD',
      message: expect.stringContaining(
        'got a redirect to http://127.0.0.2:8080/a.pth, which is not',
      ),
    })
  })
})

describe('a wrong file', () => {
  const wrong = content.toReversed()
  const aside = 'a.pth.wrong'

  it('is set aside, and the next attempt begins anew', async () => {
    const { request, path, cache } = await setting(file(wrong), file(content))
    await expect(fetchChecked(request)).rejects.toMatchObject({
      code: 'E_CHECKSUM',
      message: expect.stringMatching(`begins with ${checksum}; it was set aside as .*${aside}`),
    })
    expect(await readdir(cache)).toEqual([aside])
    expect(await bytesOf(join(cache, aside))).toEqual(wrong)
    await fetchChecked(request)
    expect(await bytesOf(path)).toEqual(content)
  })

  it('is noticed in the cache too, and not deleted', async () => {
    const { server, request, path, cache } = await setting(file(content))
    await mkdir(cache)
    await writeFile(path, wrong)
    await expect(fetchChecked(request)).rejects.toMatchObject({ code: 'E_CHECKSUM' })
    expect(await readdir(cache)).toEqual([aside])
    expect(server.asked).toEqual([])
  })

  it('takes the place of the last wrong one: they do not pile up', async () => {
    const other = wrong.slice(1)
    const { request, cache } = await setting(file(wrong), file(other))
    for (const _ of [1, 2])
      await expect(fetchChecked(request)).rejects.toMatchObject({ code: 'E_CHECKSUM' })
    expect(await readdir(cache)).toEqual([aside])
    expect(await bytesOf(join(cache, aside))).toEqual(other)
  })

  it('that is longer than the right one is told by its checksum', async () => {
    const { request, part, cache } = await setting(file(content))
    await mkdir(cache)
    await writeFile(part, new Uint8Array(200_000))
    await expect(fetchChecked(request)).rejects.toMatchObject({ code: 'E_CHECKSUM' })
  })
})

describe('a file that does not come', () => {
  it.each([
    ['that the server does not have', status(404), 'got the status 404'],
    ['of which it sends another part', status(206), 'got another part than was asked for'],
  ])('%s is an error with its address and its place', async (_, answer, reason) => {
    const { server, request, path } = await setting(answer)
    const message = `pull: expected ${server.address}a.pth to send the file; fetched by other means, it belongs at ${path}, ${reason}`
    await expect(fetchChecked(request)).rejects.toMatchObject({ code: 'E_DOWNLOAD', message })
    expect(existsSync(path)).toBe(false)
  })

  it('because nobody listens is the same error', async () => {
    const { request, path } = await setting(file(content))
    const address = new URL(`http://127.0.0.1:${await portThatWasClosed()}/`)
    await expect(fetchChecked({ ...request, address })).rejects.toMatchObject({
      code: 'E_DOWNLOAD',
      message: expect.stringMatching(`belongs at ${path}, got fetch failed: ECONNREFUSED`),
    })
  })

  it('because the server falls silent is given up after a while; what came is kept', async () => {
    const { request, part } = await setting(
      fileUpTo(content, 30_000, 'is silent'),
      fileUpTo(content, 0, 'is silent'),
    )
    await expect(fetchChecked({ ...request, stallSeconds: 1 })).rejects.toMatchObject({
      code: 'E_DOWNLOAD',
      message: expect.stringContaining('got not one byte for 1 s'),
    })
    expect(await bytesOf(part)).toEqual(content.subarray(0, 30_000))
  })

  it('because it was stopped is no error of the network; what came is kept', async () => {
    const { request, part } = await setting(fileUpTo(content, 30_000, 'is silent'))
    const stop = new AbortController()
    const onProgress = () => setTimeout(() => stop.abort(), 100)
    await expect(
      fetchChecked({ ...request, signal: stop.signal, onProgress }),
    ).rejects.toMatchObject({ name: 'AbortError' })
    expect(await bytesOf(part)).toEqual(content.subarray(0, 30_000))
  })

  it('because the cache cannot be made is an error of the disk', async () => {
    const { request } = await setting(file(content))
    const blocked = join(folder, 'blocked')
    await writeFile(blocked, '')
    await expect(
      fetchChecked({ ...request, folder: join(blocked, 'cache') }),
    ).rejects.toMatchObject({ code: 'E_WRITE' })
  })
})

describe('a server that cannot be trusted', () => {
  const most = 50_000

  it('is refused at once when it announces a file that is far too long', async () => {
    const { server, request, cache } = await setting(file(content))
    await expect(fetchChecked({ ...request, most })).rejects.toMatchObject({
      code: 'E_DOWNLOAD',
      message: expect.stringMatching(/to send at most 50000 bytes, .*, got 100000 bytes/),
    })
    expect(server.asked).toEqual([null])
    expect(await readdir(cache)).toEqual([])
  })

  it('is stopped when it does not stop by itself, and nothing of it is kept', async () => {
    const endless: Answer = (response) => {
      response.writeHead(200)
      const more = () => response.write(content.subarray(0, 16_000), () => setImmediate(more))
      more()
    }
    const { server, request, part } = await setting(endless)
    await expect(fetchChecked({ ...request, most })).rejects.toMatchObject({
      code: 'E_DOWNLOAD',
      message: expect.stringContaining('to send at most 50000 bytes'),
    })
    expect(server.asked).toEqual([null])
    expect((await bytesOf(part)).length).toBe(0)
  })

  it('is refused when the disk has no room for what it announces', async () => {
    const petabyte = 1e15
    const { request } = await setting(status(200, { 'content-length': `${petabyte}` }))
    await expect(fetchChecked({ ...request, most: petabyte })).rejects.toMatchObject({
      code: 'E_WRITE',
      message: expect.stringContaining(`expected room for ${petabyte} bytes more on the disk`),
    })
  })

  it('is refused when it packs what should come as it is: unpacking has no limit', async () => {
    const packed: Answer = (response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(new Uint8Array(1e6)))
    const { request, cache } = await setting(packed)
    await expect(fetchChecked(request)).rejects.toMatchObject({
      code: 'E_DOWNLOAD',
      message: expect.stringContaining('got an answer in the encoding gzip'),
    })
    expect(await readdir(cache)).toEqual([])
  })

  it('gets a password only from its own address, and no message shows what follows a path', async () => {
    const heard: (string | undefined)[] = []
    const listen: Answer = (response) => {
      heard.push(response.req.headers.authorization)
      response.writeHead(404).end()
    }
    const other = await serve(listen)
    const to =
      (address: string): Answer =>
      (response, have, path) => {
        heard.push(response.req.headers.authorization)
        status(302, { location: address })(response, have, path)
      }
    const { request } = await setting(to('/again'), to(`${other.address}x?key=secret`))
    const fetched = fetchChecked({ ...request, authorization: 'Basic abc' })
    await expect(fetched).rejects.toMatchObject({
      code: 'E_DOWNLOAD',
      message: expect.not.stringContaining('secret'),
    })
    expect(heard).toEqual(['Basic abc', 'Basic abc'])
  })
})

describe('a link in the cache', () => {
  it.each(['a.pth', 'a.pth.part'])('called %s is not followed', async (name) => {
    const { server, request, cache } = await setting(file(content))
    const outside = join(folder, `outside-${name}`)
    await mkdir(cache)
    await writeFile(outside, 'precious')
    await symlink(outside, join(cache, name))
    await expect(fetchChecked(request)).rejects.toMatchObject({
      code: 'E_OUTPUT_EXISTS',
      message: expect.stringContaining('got a link'),
    })
    expect(await readFile(outside, 'utf8')).toBe('precious')
    expect(server.asked).toEqual([])
  })

  it('that comes while the file is fetched is not followed either', async () => {
    const { cache } = await setting(file(content))
    await mkdir(cache)
    await symlink(join(folder, 'nothing'), join(cache, 'late'))
    await expect(openPart(join(cache, 'late'), 0)).rejects.toMatchObject({ code: 'E_WRITE' })
    expect(existsSync(join(folder, 'nothing'))).toBe(false)
  })
})

/** A port on which nobody listens any more. */
async function portThatWasClosed(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
