import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readClassList } from './class-list.ts'

const folder = await mkdtemp(join(tmpdir(), 'singleshot-classes-'))
afterAll(() => rm(folder, { recursive: true }))
const file = join(folder, 'names.txt')
const read = async (text: string) => {
  await writeFile(file, text)
  return readClassList(file)
}

it('a name a line, as Windows writes it too, empty lines passed over', async () => {
  expect(await read('\uFEFFred cell\r\n\r\n  white cell \nplatelet')).toEqual([
    'red cell',
    'white cell',
    'platelet',
  ])
})

it('a class that is listed twice is refused with both lines', async () => {
  await expect(read('a\n\nb\na\n')).rejects.toMatchObject({
    code: 'E_CLASS_LIST',
    message: `readClassList: expected no class twice; a is in line 1 (${file}, line 4)`,
  })
})

it('a list without names is refused', async () => {
  await expect(read('\n \n')).rejects.toMatchObject({ code: 'E_CLASS_LIST' })
})

it.each([
  ['control characters', 'a\nb\u001b[31m\n'],
  ['half a surrogate pair, as its replacement', 'a\nb\ud800\n'],
  ['200 characters and one', `a\n${'x'.repeat(201)}\n`],
])('a name with %s is refused with its line', async (_, text) => {
  const refusal = { code: 'E_CLASS_LIST', parts: { object: 'line 2' } }
  await expect(read(text)).rejects.toMatchObject(refusal)
})

it('a list that is not there is refused', async () => {
  await expect(readClassList(join(folder, 'none.txt'))).rejects.toMatchObject({
    code: 'E_FILE_MISSING',
  })
})
