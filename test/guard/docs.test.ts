import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ERRORS } from '../../src/error/codes.ts'
import { ROOT, read, trackedFiles } from './tree.ts'

const NPM_REGISTRY = 'https://registry.npmjs.org'

describe('the documents', () => {
  it('README shows every folder of src, and every folder at the top, once', () => {
    const block = /```tree\n([\s\S]*?)```/.exec(read('README.md'))?.[1] ?? ''
    const shown = block.split('\n').flatMap((line) => /^\s*([\w.-]+)\//.exec(line)?.[1] ?? [])
    const folders = (path: string) =>
      readdirSync(join(ROOT, path), { withFileTypes: true })
        .filter(
          (entry) =>
            entry.isDirectory() &&
            !['.git', 'node_modules', 'dist', 'runs', 'coverage'].includes(entry.name),
        )
        .map((entry) => entry.name)
    expect(shown.toSorted()).toEqual([...folders('.'), ...folders('src')].toSorted())
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

  it('and all other tracked files name no folder of a particular machine', () => {
    const places = new RegExp(
      ['/ho' + 'me/\\w', '/Us' + 'ers/\\w', '/wo' + 'rk/\\w', '/ro' + 'ot/\\w'].join('|'),
    )
    const named = trackedFiles().filter(
      (path) => !/\.(png|jpg|safetensors)$/.test(path) && places.test(read(path)),
    )
    expect(named).toEqual([])
  })

  it('and package-lock.json names no registry but npm’s own', () => {
    const hosts = [...read('package-lock.json').matchAll(/"resolved": "(\w+:\/\/[^/"]+)/g)]
    const others = hosts.map(([, host]) => host).filter((host) => host !== NPM_REGISTRY)
    expect([...new Set(others)]).toEqual([])
  })
})
