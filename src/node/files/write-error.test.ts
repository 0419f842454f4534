import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ERRORS } from '../../error/codes.ts'
import { createOutputFolder } from '../run/run-folder.ts'
import { writeFileAtomic } from './atomic-write.ts'
import { writeError } from './write-error.ts'

const folder = await mkdtemp(join(tmpdir(), 'singleshot-write-error-'))
afterAll(() => rm(folder, { recursive: true }))

const because = (code: string) => Object.assign(new Error(`${code}: some words`), { code })

describe('writeError(where, file, cause)', () => {
  it.each([
    ['ENOSPC', /full: free some space/],
    ['EROFS', /read-only/],
    ['EACCES', /permission/],
    ['EPERM', /permission/],
    ['ENOTDIR', /is a file, not a folder/],
    ['EISDIR', /a folder where a file is needed/],
    ['ENAMETOOLONG', /a shorter one/],
    ['EFBIG', /ulimit/],
  ])('has a remedy for %s', (code, remedy) => {
    const error = writeError('save', 'a/b.txt', because(code))
    expect(error).toMatchObject({ code: 'E_WRITE', exitCode: 74 })
    expect(error.remedy).toMatch(remedy)
    expect(error.message).toBe(
      `save: expected a place that can be written, got ${code}: some words (a/b.txt)`,
    )
  })

  it('has the general remedy for any other cause', () => {
    expect(writeError('save', 'a', because('EIO')).remedy).toBe(ERRORS.E_WRITE.remedy)
    expect(writeError('save', 'a', 'thrown text').remedy).toBe(ERRORS.E_WRITE.remedy)
  })

  it('is what a file in place of a folder gives, for a file and for a folder to be made', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    const refused = { code: 'E_WRITE', remedy: expect.stringContaining('is a file') }
    await expect(writeFileAtomic(join(file, 'inside'), '')).rejects.toMatchObject(refused)
    await expect(createOutputFolder(file, 'demo')).rejects.toMatchObject(refused)
    await expect(createOutputFolder(join(file, 'inside'), 'demo')).rejects.toMatchObject(refused)
  })
})
