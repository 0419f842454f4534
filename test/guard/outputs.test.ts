/** @file That nothing is overwritten: whatever writes files does so through one of a few ways that are known. */
import { describe, expect, it } from 'vitest'
import { writersIn } from './source.ts'
import { read, sourceFiles } from './tree.ts'

/** The ways to write a file; everything else uses one of them. */
const WAYS = [
  'src/node/files/atomic-write.ts',
  'src/node/files/new-file.ts',
  'src/node/files/kept-file.ts',
]

/** What rewrites its own files: run folders, and the cache of published files. */
const REWRITERS = [
  'src/node/run/checkpoint.ts',
  'src/node/fetch/fetch-checked.ts',
  'src/node/run/metrics.ts',
  'src/node/run/recorder.ts',
  'src/node/run/run-folder.ts',
  'src/node/run/run-lock.ts',
  'src/node/run/snapshots.ts',
]

/** Opens files only to read them, with flags that this guard does not know. */
const READERS = ['src/node/files/read-bounded.ts']

describe('files are written', () => {
  const writers = sourceFiles().filter((path) => writersIn(read(path)).length > 0)

  it('as new ones, but for those of run folders and of the cache', () => {
    const known = [...WAYS, ...REWRITERS, ...READERS]
    expect(writers.filter((path) => !known.includes(path))).toEqual([])
    // A file that no longer writes should not stay on the list.
    expect(known.filter((path) => !writers.includes(path))).toEqual([])
  })
})
