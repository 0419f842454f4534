import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ERRORS } from '../../src/error/codes.ts'
import { EXIT } from '../../src/error/exit-codes.ts'
import { blockOf, folderOrder, ROOT, read, trackedFiles, trackedFolders } from './tree.ts'

const PAST = ['docs/log.md', 'CHANGELOG.md']

describe('the documents', () => {
  it('README shows every folder at the top and of src, once, and no other', () => {
    const lines = blockOf('README.md', 'tree')
    const shown = (line: RegExp) => lines.flatMap((text) => line.exec(text)?.[1] ?? [])
    expect(shown(/^(\S+)\//).toSorted()).toEqual(trackedFolders('.').toSorted())
    expect(shown(/^ {2}(\S+)\//)).toEqual(folderOrder())
    expect(lines.filter((line) => !/^( {2})?\S+\/ +\S/.test(line))).toEqual([])
  })

  it('docs/errors.md lists every error code with its exit code, meaning and remedy, and no other', () => {
    const rows = [
      ...read('docs/errors.md').matchAll(/^\| `(E_\w+)` \| (\d+) \| (.+?) \| (.+?) \|$/gm),
    ]
    const listed = Object.fromEntries(
      rows.map(([, code, exit, meaning, remedy]) => [
        code,
        { exit: Number(exit), meaning, remedy },
      ]),
    )
    expect(listed).toEqual(ERRORS)
    expect(rows).toHaveLength(Object.keys(ERRORS).length)
    const exits = [...read('docs/errors.md').matchAll(/^\| (\d+) \| /gm)].map(([, exit]) => exit)
    expect(exits.map(Number)).toEqual(Object.values(EXIT).toSorted((a, b) => a - b))
  })

  it('link only to files that exist', () => {
    const broken = trackedFiles()
      .filter((path) => path.endsWith('.md'))
      .flatMap((path) =>
        [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => ({
          path,
          target: target!,
        })),
      )
      .filter(({ path, target }) => !existsSync(join(ROOT, dirname(path), target)))
    expect(broken).toEqual([])
  })

  it('name only source files that exist', () => {
    // The log and the list of changes tell of the past.
    const now = trackedFiles().filter((path) => path.endsWith('.md') && !PAST.includes(path))
    const gone = now.flatMap((path) =>
      [...read(path).matchAll(/`([\w./-]+\/[\w.-]+\.(?:ts|js))`/g)]
        .map(([, name]) => name!)
        .filter((name) => !['', 'src'].some((base) => existsSync(join(ROOT, base, name))))
        .map((name) => `${path}: ${name}`),
    )
    expect(gone).toEqual([])
  })

  it('and all other tracked files name no folder of a particular machine', () => {
    const places = new RegExp(
      ['home', 'Users', 'work', 'root'].map((place) => `[\\\\/]${place}[\\\\/]+\\w`).join('|'),
    )
    const named = trackedFiles().filter(
      (path) => !/\.(png|jpg|safetensors)$/.test(path) && places.test(read(path)),
    )
    expect(named).toEqual([])
  })

  it('and package-lock.json names no address to download from, so that any registry will do', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"')
  })
})
