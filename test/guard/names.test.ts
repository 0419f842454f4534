/** @file One name, one meaning: what is exported is exported from one place, and no type has a name that another has. */
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { read, sourceFiles } from './tree.ts'

/** The same call for Node.js and for a page: a program imports one of the two. */
const TWINS = ['detect', 'loadModel']

interface Declared {
  readonly name: string
  readonly path: string
  readonly exported: boolean
  readonly isType: boolean
}

/** What stands at the top of a file: types, functions, classes and constants. */
function declarationsIn(path: string, text: string): Declared[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest)
  return file.statements.flatMap((node) => {
    const exported =
      ts.canHaveModifiers(node) &&
      (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    const isType =
      ts.isInterfaceDeclaration(node) ||
      ts.isTypeAliasDeclaration(node) ||
      ts.isClassDeclaration(node)
    const names = ts.isVariableStatement(node)
      ? node.declarationList.declarations.map(({ name }) => name)
      : isType || ts.isFunctionDeclaration(node)
        ? [node.name]
        : []
    return names.flatMap((name) =>
      name !== undefined && ts.isIdentifier(name)
        ? { name: name.text, path, exported, isType }
        : [],
    )
  })
}

/** Names that stand in several files, as `Place: src/a.ts, src/b.ts`. */
function sharedNames(declared: readonly Declared[]): string[] {
  const files = new Map<string, Set<string>>()
  for (const { name, path } of declared) files.set(name, (files.get(name) ?? new Set()).add(path))
  return [...files]
    .filter(([, paths]) => paths.size > 1)
    .map(([name, paths]) => `${name}: ${[...paths].join(', ')}`)
}

const all = sourceFiles()
  .filter((path) => path.endsWith('.ts'))
  .flatMap((path) => declarationsIn(path, read(path)))

describe('a name', () => {
  it('is exported from one file of src', () => {
    const exported = all.filter((one) => one.exported && !TWINS.includes(one.name))
    expect(exported.length).toBeGreaterThan(500)
    expect(sharedNames(exported)).toEqual([])
  })

  it('of an exported type is that of no other type', () => {
    const types = all.filter(({ isType }) => isType)
    const taken = new Set(types.filter((one) => one.exported).map(({ name }) => name))
    expect(sharedNames(types.filter(({ name }) => taken.has(name)))).toEqual([])
  })

  it('that stands twice is found', () => {
    const text = 'export interface A {}\nconst b = 1\nexport function c() {}'
    const twice = ['x.ts', 'y.ts'].flatMap((path) => declarationsIn(path, text))
    expect(sharedNames(twice)).toEqual(['A: x.ts, y.ts', 'b: x.ts, y.ts', 'c: x.ts, y.ts'])
    expect(twice.map(({ exported }) => exported)).toEqual([true, false, true, true, false, true])
  })
})
