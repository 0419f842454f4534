/** @file Fetching from a server, and into a folder, that others may have a hand in. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import { fetchChecked } from '../../src/node/fetch/fetch-checked.ts'
import { openPart } from '../../src/node/files/kept-file.ts'
import { bytesOf, content, settingsIn } from './fetch-setting.ts'
import { type Answer, file, status } from './file-server.ts'
import { temporaryFolder } from './sets.ts'

const folder = await temporaryFolder()
const setting = settingsIn(folder)

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

  it('never learns a password that was meant for another', async () => {
    const heard: [string, string | null][] = []
    vi.stubGlobal('fetch', async (url: URL, { headers }: RequestInit) => {
      heard.push([url.href, new Headers(headers).get('authorization')])
      const location = url.pathname === '/a.pth' ? '/again' : 'https://me:pw@example.org/b'
      return new Response(
        null,
        url.hostname === 'example.org' ? { status: 404 } : { status: 302, headers: { location } },
      )
    })
    const { request } = await setting(file(content))
    const { address } = request
    const fetched = fetchChecked({ ...request, authorization: 'Basic abc' })
    await expect(fetched).rejects.toMatchObject({ code: 'E_DOWNLOAD' })
    vi.unstubAllGlobals()
    expect(heard).toEqual([
      [`${address}a.pth`, 'Basic abc'],
      [`${address}again`, 'Basic abc'],
      ['https://example.org/b', null],
    ])
  })

  it('is named without what follows the path: that may be a key', async () => {
    const { request } = await setting(status(302, { location: 'http://127.0.0.2/x?key=secret' }))
    await expect(fetchChecked(request)).rejects.toMatchObject({
      code: 'E_DOWNLOAD',
      message: expect.stringMatching(/a redirect to http:\/\/127\.0\.0\.2\/x, which is not https/),
    })
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
