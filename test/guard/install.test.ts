import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT, trackedFiles } from './tree.ts'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const manifest = JSON.parse(read('package.json'))
const scriptMarks = /^ *"hasInstallScript": true,\n/gm

describe('An installation', () => {
  it('runs no install script in a checkout, for none is needed and the engine’s fails behind a firewall', () => {
    // npm writes the mark for a new package; if its script is not needed, delete the line.
    expect(read('package-lock.json').match(scriptMarks)).toBeNull()
  })

  it('succeeds without the native engine, and has the other one always', () => {
    expect(Object.keys(manifest.optionalDependencies)).toEqual(['onnxruntime-node'])
    expect(manifest.dependencies).toHaveProperty('onnxruntime-web')
  })

  it('shares packages with the project around it: every dependency is a range', () => {
    const { dependencies, optionalDependencies, devDependencies } = manifest
    const all = Object.entries({ ...dependencies, ...optionalDependencies, ...devDependencies })
    expect(all.filter(([, range]) => !String(range).startsWith('^'))).toEqual([])
  })

  it('needs no setting that npm does not know', () => {
    const names = read('.npmrc')
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0])
    expect(names).toEqual(['fund', 'audit'])
  })

  it('works under Yarn’s Plug’n’Play, whose file handles have no sync: flush() writes out', () => {
    const callers = trackedFiles().filter(
      (path) => /^src\/.*\.ts$/.test(path) && /\.(data)?sync\(\)/.test(read(path)),
    )
    expect(callers).toEqual([])
  })
})
