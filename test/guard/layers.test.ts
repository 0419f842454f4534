import { dirname, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { read, sourceFiles } from './tree.ts'

/** The folders in the order of docs/architecture.md, which is the order in which data flows. */
function folderOrder(): string[] {
  const block = /```order\n([\s\S]*?)```/.exec(read('docs/architecture.md'))?.[1] ?? ''
  return block
    .trim()
    .split('\n')
    .map((line) => line.split(/\s/)[0]!)
}

/** `graph/finite-differences.ts` judges the gradients for the tests and so must run what it judges. */
const JUDGES = ['src/graph/finite-differences.ts']

const folderOf = (path: string) => path.split('/')[1]!
const isInFolder = (path: string) => path.split('/').length > 2

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

function importsOf(path: string): Import[] {
  const found = [
    ...read(path).matchAll(
      /(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|import\(\s*'([^']+)'\s*\)/g,
    ),
  ]
  return found.map(([, typeOnly, fixed, lazy]) => ({
    from: path,
    to: (fixed ?? lazy)!,
    typeOnly: typeOnly !== undefined,
  }))
}

const files = sourceFiles()
const imports = files.flatMap(importsOf)

describe('the folders of src', () => {
  it('are all in the order that docs/architecture.md gives', () => {
    const onDisk = new Set(files.filter(isInFolder).map(folderOf))
    expect(folderOrder().toSorted()).toEqual([...onDisk].toSorted())
  })

  it('import only from folders before them', () => {
    const order = folderOrder()
    const upward = imports
      .filter(({ from, to }) => to.startsWith('.') && isInFolder(from) && !JUDGES.includes(from))
      .map(({ from, to, typeOnly }) => ({
        from,
        target: normalize(`${dirname(from)}/${to}`),
        typeOnly,
      }))
      // Two folders may describe each other's data; only running code must flow one way.
      .filter(({ typeOnly }) => !typeOnly)
      .filter(({ from, target }) => order.indexOf(folderOf(target)) > order.indexOf(folderOf(from)))
    expect(upward).toEqual([])
  })

  it('leave onnxruntime to engine, and the platform to engine, node and cli', () => {
    const runtime = imports
      .filter(({ to }) => to.startsWith('onnxruntime'))
      .map(({ from }) => folderOf(from))
    expect([...new Set(runtime)]).toEqual(['engine'])
    const platform = imports
      .filter(({ to }) => to.startsWith('node:') || to === 'sharp')
      .map(({ from }) => folderOf(from))
    expect([...new Set(platform)].toSorted()).toEqual(['cli', 'engine', 'node'])
  })

  it('name no platform in the core', () => {
    const core = files.filter(
      (path) => isInFolder(path) && !['engine', 'node', 'cli'].includes(folderOf(path)),
    )
    const named = core.flatMap((path) => {
      const code = read(path)
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/\/\/.*$/gm, '')
        .replace(/`[^`]*`|'[^']*'/g, '')
      const match =
        /\b(process|Buffer|document|navigator|fetch|setTimeout|setImmediate|require)\b\s*[.(]/.exec(
          code,
        )
      return match === null ? [] : [`${path}: ${match[0]}`]
    })
    expect(named).toEqual([])
  })

  it('hold no file over 250 lines', () => {
    const long = files
      .map((path) => [path, read(path).split('\n').length] as const)
      .filter(([, lines]) => lines > 250)
    expect(long).toEqual([])
  })

  it('document every export', () => {
    const bare = files
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => {
        const lines = read(path).split('\n')
        return lines.flatMap((line, i) => {
          const exported =
            /^export (?:async )?(?:abstract )?(?:function|const|class|interface|type|let) (\w+)/.exec(
              line,
            )
          const documented = /\*\/\s*$|^\s*\/\/ biome-ignore/.test(lines[i - 1] ?? '')
          return exported === null || documented ? [] : [`${path}: ${exported[1]}`]
        })
      })
    expect(bare).toEqual([])
  })
})
