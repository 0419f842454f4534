import { describe, expect, it } from 'vitest'
import { platformNamesIn } from './source.ts'
import {
  folderOf,
  folderOrder,
  importsOf,
  read,
  type SourceImport,
  sourceFiles,
  trackedFolders,
} from './tree.ts'

/** The folders that may know where they run. */
const IMPURE = ['engine', 'web', 'node', 'cli']

const files = sourceFiles()
const imports = files.flatMap(importsOf)
const show = ({ from, line, to }: SourceImport) => `${from}:${line} imports ${to}`
const isPlatform = (module: string) => module.startsWith('node:') || module === 'sharp'

describe('the folders of src', () => {
  it('are exactly those of docs/architecture.md', () => {
    expect(folderOrder().toSorted()).toEqual(trackedFolders('src').toSorted())
  })

  it('import, also types, only from folders before them', () => {
    const order = folderOrder()
    const rank = (path: string) => order.indexOf(folderOf(path))
    const upward = imports
      .filter(({ from, to }) => folderOf(from) !== '' && to.startsWith('src/'))
      // A file of src itself is a table of contents, for outside: no folder imports it.
      .filter(({ from, to }) => folderOf(to) === '' || rank(to) > rank(from))
    expect(upward.map(show)).toEqual([])
  })

  it('leave onnxruntime to engine', () => {
    const others = imports.filter(
      ({ from, to }) => to.startsWith('onnxruntime') && folderOf(from) !== 'engine',
    )
    expect(others.map(show)).toEqual([])
  })

  it(`leave node: modules and sharp to ${IMPURE.join(', ')}`, () => {
    const others = imports.filter(
      ({ from, to }) => isPlatform(to) && !IMPURE.includes(folderOf(from)),
    )
    expect(others.map(show)).toEqual([])
  })

  it(`name no platform outside ${IMPURE.join(', ')}`, () => {
    const named = files
      .filter((path) => !IMPURE.includes(folderOf(path)))
      .flatMap((path) => platformNamesIn(read(path)).map((name) => `${path}: ${name}`))
    expect(named).toEqual([])
  })
})

/** A source file and all that it imports, however many imports away; packages by name. What is only a type is left out. */
function reachedFrom(entry: string): Set<string> {
  const reached = new Set([entry])
  // A Set also visits what is added while it is walked through.
  for (const path of reached)
    for (const { from, to, typeOnly } of imports) if (from === path && !typeOnly) reached.add(to)
  return reached
}

describe('what a page may take alone', () => {
  it('loads no validation library: NMS', () => {
    const library = (path: string) => path === 'zod' || path.startsWith('zod/')
    expect([...reachedFrom('src/detect/nms.ts')].filter(library)).toEqual([])
    expect(reachedFrom('src/detect/select.ts').has('zod/mini')).toBe(true)
  })

  it('loads the small form of the validation library alone: singleshot/web', () => {
    const reached = reachedFrom('src/web.ts')
    expect(reached.has('zod/mini')).toBe(true)
    expect(reached.has('zod')).toBe(false)
  })

  it('names no engine and no platform: singleshot/evaluate', () => {
    const reached = [...reachedFrom('src/evaluate.ts')]
    expect(reached.filter((path) => isPlatform(path) || IMPURE.includes(folderOf(path)))).toEqual(
      [],
    )
    expect(reached.filter((path) => path.startsWith('onnx'))).toEqual([])
    expect(reached.length).toBeGreaterThan(15)
  })
})

describe('singleshot/core', () => {
  it('reaches no platform, however many imports away', () => {
    const reached = new Set(['src/core.ts'])
    const platform: string[] = []
    // A Set also visits what is added while it is walked through.
    for (const path of reached)
      for (const found of imports.filter(({ from, typeOnly }) => from === path && !typeOnly))
        if (isPlatform(found.to) || IMPURE.includes(folderOf(found.to))) platform.push(show(found))
        else if (found.to.startsWith('src/')) reached.add(found.to)
    expect(platform).toEqual([])
    expect(reached.size).toBeGreaterThan(50)
  })
})
