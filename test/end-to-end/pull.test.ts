import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { pull } from '../../src/index.ts'
import { type Answer, file, fileUpTo, serve, status } from './file-server.ts'
import { commandIn, singleshotIn } from './run-command.ts'
import { temporaryFolder } from './sets.ts'

const folder = await temporaryFolder()
const singleshot = singleshotIn(folder)
const command = commandIn(folder)

/** No published file: every one of them is megabytes long. */
const content = new Uint8Array(50_000).fill(7)

let caches = 0
/** A server, and a cache of its own. */
async function setting(answer: Answer) {
  const { address } = await serve(answer)
  return { mirror: String(address), cache: join(folder, `cache-${++caches}`) }
}

describe('singleshot pull', () => {
  it('asks the mirror and looks into the cache that the environment names', async () => {
    const paths: string[] = []
    const { mirror, cache } = await setting((response, have, path) => {
      paths.push(path)
      file(content)(response, have, path)
    })
    vi.stubEnv('SINGLESHOT_MIRROR', mirror.slice(0, -1))
    vi.stubEnv('SINGLESHOT_CACHE', cache)
    await expect(pull({ name: 'resnet34' })).rejects.toMatchObject({
      code: 'E_CHECKSUM',
      message: expect.stringMatching(/whose SHA-256 is b627a593[0-9a-f]{56};/),
    })
    vi.unstubAllEnvs()
    expect(paths).toEqual(['/resnet34-b627a593.pth'])
    expect(await readdir(cache)).toEqual(['resnet34-b627a593.pth.wrong'])
  })

  it('refuses a mirror that is no address', async () => {
    for (const mirror of ['ftp://example.org/', 'example.org'])
      await expect(pull({ name: 'resnet34', cache: folder, mirror })).rejects.toMatchObject({
        code: 'E_CONFIG',
      })
  })

  it('wants https for a file that could be forged on the way, unless told otherwise', async () => {
    const mirror = 'http://192.0.2.1:9/'
    const asked = { name: 'vgg16-features', cache: folder, mirror } as const
    await expect(pull(asked)).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringContaining('expected a mirror with https for vgg16-features'),
      remedy: expect.stringContaining('--insecure'),
    })
    const stopped = { signal: AbortSignal.abort() }
    for (const allowed of [{ ...asked, insecure: true }, { ...asked, name: 'resnet34' } as const])
      await expect(pull({ ...allowed, ...stopped })).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('never prints a password that is in the address of a mirror, but sends it', async () => {
    const heard: (string | undefined)[] = []
    const { mirror, cache } = await setting((response, have, path) => {
      heard.push(response.req.headers.authorization)
      status(403)(response, have, path)
    })
    const secret = mirror.replace('//', '//me:s%20ecret@')
    const { code, stdout, stderr } = await singleshot([
      'pull',
      'ssdlite320',
      '--mirror',
      secret,
      '--cache',
      cache,
      '--json',
    ])
    expect(code).toBe(69)
    expect(heard).toEqual([`Basic ${Buffer.from('me:s ecret').toString('base64')}`])
    const broken = await singleshot(['pull', 'ssdlite320', '--mirror', 'ftp://me:s%20ecret@x/'])
    expect(broken.stderr).toContain('ftp://…@x/')
    expect(stdout + stderr + broken.stderr).not.toContain('ecret@')
  })

  it('tells on the command line what failed, with an exit code of its own', async () => {
    const { mirror, cache } = await setting(status(503))
    const args = ['--mirror', mirror, '--cache', cache, '--json']
    const { code, stdout } = await singleshot(['pull', 'ssdlite320', ...args])
    expect(code).toBe(69)
    const { error } = JSON.parse(stdout)
    expect(error.code).toBe('E_DOWNLOAD')
    expect(error.message).toContain(join(cache, 'ssdlite320_mobilenet_v3_large_coco-a79551df.pth'))
  })

  it('stops on Ctrl-C and keeps what came', async () => {
    const { mirror, cache } = await setting(fileUpTo(content, 30_000, 'is silent'))
    const { code, stderr } = await singleshot(
      ['pull', 'resnet34', '--mirror', mirror, '--cache', cache],
      { interruptAt: / MB/ },
    )
    expect(code).toBe(130)
    expect(stderr).toContain('What came is kept; the same command goes on from there.')
    expect(await readdir(cache)).toEqual(['resnet34-b627a593.pth.part'])
  })

  it.each([
    [['pull'], 'expected one NAME of ssd300, ssdlite320,'],
    [['pull', 'ssdlite'], 'did you mean ssdlite320?'],
    [['pull', 'ssd300', 'vgg16'], 'got ssd300 vgg16'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await command(args)
    expect(code).toBe(64)
    expect(stderr).toContain(message)
  })
})
