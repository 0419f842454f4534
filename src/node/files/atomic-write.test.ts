import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeFileAtomic } from './atomic-write.ts'
import { isTemporary, removeStrayFiles, temporaryFor } from './temporary-files.ts'

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

test('a name may be as long as the disk allows', async () => {
  const path = join(folder, 'n'.repeat(255))
  await writeFileAtomic(path, 'text')
  expect(await readFile(path, 'utf8')).toBe('text')
})

test('what a killed writer left is removed; what is being written, and all else, stays', async () => {
  const gone = '.4194305-0123abcd.tmp' // Linux gives no process such a number.
  const former = 'last.safetensors.0f8fad5b-d9cb-469f-a165-70867728950e.tmp'
  const [current] = [temporaryFor('x'), temporaryFor('y')]
  const others = ['notes.tmp', '.hidden', 'last.safetensors']
  for (const name of [gone, former, current!, ...others]) await writeFile(join(folder, name), '')
  expect([gone, former, current!].map(isTemporary)).toEqual([true, true, true])
  await removeStrayFiles(folder)
  expect((await readdir(folder)).toSorted()).toEqual([current!, ...others].toSorted())
  await removeStrayFiles(join(folder, 'missing'))
})
