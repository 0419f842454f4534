import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFileAtomic } from './atomic-write.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'singleshot-write-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a file is written, replaced, and nothing else is left in the folder', async () => {
  const path = join(folder, 'new', 'model.txt')
  await writeFileAtomic(path, 'first')
  await writeFileAtomic(path, Uint8Array.of(0x6f, 0x6b))
  expect(await readFile(path, 'utf8')).toBe('ok')
  expect(await readdir(join(folder, 'new'))).toEqual(['model.txt'])
})

test('when the name cannot be taken, the error says E_WRITE and no temporary file is left', async () => {
  const path = join(folder, 'taken')
  await mkdir(join(path, 'inside'), { recursive: true })
  const writing = writeFileAtomic(path, 'text')
  await expect(writing).rejects.toMatchObject({ code: 'E_WRITE', parts: { file: path } })
  expect(await readdir(folder)).toEqual(['taken'])
})

test('many writes of one name at once leave one of them, whole', async () => {
  const path = join(folder, 'busy')
  const texts = Array.from({ length: 20 }, (_, i) => String(i % 10).repeat(100_000))
  await Promise.all(texts.map((text) => writeFileAtomic(path, text)))
  expect(texts).toContain(await readFile(path, 'utf8'))
  expect(await readdir(folder)).toEqual(['busy'])
})
