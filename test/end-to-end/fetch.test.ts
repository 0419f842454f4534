import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sha256Of } from '../../src/node/fetch/checksum.ts'
import { fetchChecked } from '../../src/node/fetch/fetch-checked.ts'
import { bytesOf, checksum, content, settingsIn } from './fetch-setting.ts'
import { file, fileUpTo, status } from './file-server.ts'
import { temporaryFolder } from './sets.ts'

const folder = await temporaryFolder()
const setting = settingsIn(folder)

describe('a published file', () => {
  it('is fetched once, and then found in the cache', async () => {
    const { server, request, path, cache } = await setting(file(content))
    const shown: number[] = []
    const first = await fetchChecked({ ...request, onEvent: ({ done }) => shown.push(done) })
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
    const onEvent = ({ done }: { done: number }) => {
      if (done === 30_000) stop.abort()
    }
    await expect(fetchChecked({ ...request, signal: stop.signal, onEvent })).rejects.toMatchObject({
      name: 'AbortError',
    })
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

/** A port on which nobody listens any more. */
async function portThatWasClosed(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
