import { describe, expect, it } from 'vitest'
import { importsIn, platformNamesIn, undocumentedIn, writersIn } from './source.ts'

describe('imports', () => {
  const modules = (text: string) =>
    importsIn(text).map(({ module, typeOnly }) => (typeOnly ? `type ${module}` : module))

  it('are found in every form, with what is erased marked', () => {
    expect(modules("import { a } from './a.ts'\nimport './b.ts'")).toEqual(['./a.ts', './b.ts'])
    expect(modules("import type { A } from './a.ts'")).toEqual(['type ./a.ts'])
    expect(modules("import { type A } from './a.ts'")).toEqual(['./a.ts'])
    expect(modules("export * from './a.ts'\nexport type { B } from './b.ts'")).toEqual([
      './a.ts',
      'type ./b.ts',
    ])
    expect(modules("const load = () => import('./a.ts')")).toEqual(['./a.ts'])
    expect(modules("let a: import('./a.ts').A")).toEqual(['type ./a.ts'])
    expect(modules("const fs = require('node:fs')")).toEqual(['node:fs'])
  })

  it('are not found in comments and strings', () => {
    expect(modules("// import './a.ts'\nconst text = \"import './a.ts'\"")).toEqual([])
  })
})

describe('undocumented exports', () => {
  it('are those without a doc comment of their own directly before them', () => {
    expect(undocumentedIn('export const one = 1')).toEqual(['one (line 1)'])
    expect(undocumentedIn('// no doc comment\nexport type A = 1')).toEqual(['A (line 2)'])
    expect(undocumentedIn('/** @file About. */\nexport interface A {}')).toEqual(['A (line 2)'])
    expect(undocumentedIn('/** Far. */\n\nexport class A {}')).toEqual(['A (line 3)'])
    expect(undocumentedIn('/** One. */\nconst a = 1\nexport default a')).toEqual([
      'default (line 3)',
    ])
  })

  it('are no documented ones, private ones, re-exports or further signatures', () => {
    expect(undocumentedIn('/** Adds. */\nexport async function add() {}')).toEqual([])
    expect(undocumentedIn('/** A. */\n// biome-ignore lint: why\nexport let a = 1')).toEqual([])
    expect(undocumentedIn("const a = 1\nexport { b } from './b.ts'")).toEqual([])
    const overloads = 'export function f(a: 1): 1\nexport function f(a: 2): 2'
    expect(undocumentedIn(`/** F. */\n${overloads}`)).toEqual([])
  })
})

describe('names of a platform', () => {
  it('are found wherever they stand for the real thing', () => {
    expect(platformNamesIn('process.exit(1)')).toEqual(['process (line 1)'])
    expect(platformNamesIn('const later =\n  setTimeout')).toEqual(['setTimeout (line 2)'])
    expect(platformNamesIn('let bytes: Buffer')).toEqual(['Buffer (line 1)'])
    expect(platformNamesIn('const all = { window }')).toEqual(['window (line 1)'])
  })

  it('are not found in members, comments, strings or a file’s own names', () => {
    expect(platformNamesIn("a.document // fetch\nconst text = 'process'")).toEqual([])
    expect(platformNamesIn('const a = { window: 1 }')).toEqual([])
    expect(platformNamesIn('const crop = (window: Box) => window.x1')).toEqual([])
  })
})

describe('what writes files', () => {
  it('is found by what is imported, under any name, and by what sharp is told to do', () => {
    expect(writersIn("import { readFile, writeFile } from 'node:fs/promises'")).toEqual([
      'writeFile (line 1)',
    ])
    expect(writersIn("import { renameSync as move } from 'node:fs'")).toEqual([
      'renameSync (line 1)',
    ])
    expect(writersIn("import * as fs from 'node:fs'")).toEqual(['node:fs (line 1)'])
    expect(writersIn("import { writeFileAtomic } from './atomic-write.ts'")).toEqual([
      'writeFileAtomic (line 1)',
    ])
    expect(writersIn('sharp(data).toFile(path)')).toEqual(['toFile (line 1)'])
    expect(writersIn("import { writeNewFile } from './new-file.ts'")).toEqual([])
    expect(writersIn("import type { rename } from 'node:fs'")).toEqual([])
    expect(writersIn("open(path, 'wx')")).toEqual(['open (line 1)'])
    expect(writersIn("open(path)\nopen(path, 'r')")).toEqual([])
  })
})
