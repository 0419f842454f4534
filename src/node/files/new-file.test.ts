import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { refuseExisting, refuseFilled, writeNewFile } from './new-file.ts'

const disk = vi.hoisted(() => ({ withoutLinks: false }))
vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof import('node:fs/promises')>()
  const refuse = () => Promise.reject(Object.assign(new Error('no links'), { code: 'EPERM' }))
  return {
    ...real,
    link: (...to: [string, string]) => (disk.withoutLinks ? refuse() : real.link(...to)),
  }
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'singleshot-new-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe.each([
  ['a disk that knows links', false],
  ['a disk without links', true],
])('on %s', (_, withoutLinks) => {
  beforeEach(() => {
    disk.withoutLinks = withoutLinks
  })

  test('a new file is written with its folder, and nothing else is left there', async () => {
    await writeNewFile(join(folder, 'new', 'a.txt'), 'text')
    expect(await readFile(join(folder, 'new', 'a.txt'), 'utf8')).toBe('text')
    expect(await readdir(join(folder, 'new'))).toEqual(['a.txt'])
  })

  test('a file that is there is left as it is', async () => {
    const path = join(folder, 'a.txt')
    await writeFile(path, 'mine')
    await expect(writeNewFile(path, 'text', { where: 'detect' })).rejects.toMatchObject({
      code: 'E_OUTPUT_EXISTS',
      message: expect.stringMatching(
        /^detect: expected an output file that is new; .*got a file of 4 bytes/,
      ),
    })
    expect(await readFile(path, 'utf8')).toBe('mine')
    expect(await readdir(folder)).toEqual(['a.txt'])
  })

  test('a link is not written through, wherever it leads', async () => {
    const path = join(folder, 'a.txt')
    await symlink(join(folder, 'nowhere'), path)
    await expect(writeNewFile(path, 'text')).rejects.toMatchObject({ code: 'E_OUTPUT_EXISTS' })
    expect(await readdir(folder)).toEqual(['a.txt'])
  })

  test('of many writers of one name one wins, and its file is whole', async () => {
    const path = join(folder, 'a.txt')
    const texts = Array.from({ length: 20 }, (_, i) => String(i % 10).repeat(100_000))
    const ends = await Promise.allSettled(texts.map((text) => writeNewFile(path, text)))
    const won = ends.flatMap(({ status }, i) => (status === 'fulfilled' ? [texts[i]] : []))
    expect(won).toEqual([await readFile(path, 'utf8')])
    for (const end of ends)
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'E_OUTPUT_EXISTS' })
    expect(await readdir(folder)).toEqual(['a.txt'])
  })
})

test('a place that cannot be written is no existing output', async () => {
  await writeFile(join(folder, 'file'), '')
  await expect(writeNewFile(join(folder, 'file', 'a.txt'), '')).rejects.toMatchObject({
    code: 'E_WRITE',
  })
})

test('what exists is refused by its kind before anything is computed', async () => {
  const path = join(folder, 'a')
  await expect(refuseExisting('f', path)).resolves.toBeUndefined()
  await mkdir(path)
  await expect(refuseExisting('f', path)).rejects.toThrow('got a folder')
  await expect(refuseFilled('f', path)).resolves.toBeUndefined()
  await writeFile(join(path, 'b'), '')
  await expect(refuseFilled('f', path)).rejects.toThrow('got [b]')
  await expect(refuseFilled('f', join(path, 'b'))).rejects.toThrow('got a file of 0 bytes')
})
