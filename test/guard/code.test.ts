import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { undocumentedIn } from './source.ts'
import { ROOT, read, sourceFiles, trackedFiles } from './tree.ts'

const MOST_LINES = 250

describe('the code', () => {
  it('documents every export', () => {
    const bare = sourceFiles()
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => undocumentedIn(read(path)).map((name) => `${path}: ${name}`))
    expect(bare).toEqual([])
  })

  it(`has no file over ${MOST_LINES} lines`, () => {
    const long = trackedFiles()
      .filter((path) => /\.(ts|js|mjs|py|sh)$/.test(path))
      .map((path) => [path, read(path).trimEnd().split('\n').length] as const)
      .filter(([, lines]) => lines > MOST_LINES)
    expect(long).toEqual([])
  })
})

describe('package.json', () => {
  const { bin, exports, files } = JSON.parse(read('package.json'))

  it('exports only what the build makes from src', () => {
    const built = JSON.stringify(exports).match(/\.\/dist\/[^"]+/g) ?? []
    const sources = built.map((path) =>
      path.replace('./dist/', 'src/').replace(/(\.d\.ts|\.js)$/, '.ts'),
    )
    expect(sources.length).toBeGreaterThan(0)
    expect(sources.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it('publishes files that are there', () => {
    const named: string[] = [...files, ...Object.values(bin as Record<string, string>)]
    const missing = named.filter(
      (path) => path !== 'dist' && !path.startsWith('!') && !existsSync(join(ROOT, path)),
    )
    expect(missing).toEqual([])
  })
})
