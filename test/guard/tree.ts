/** @file What the guard tests look at: the files of the repository. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Import, importsIn } from './source.ts'

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** An import of a source file. */
export interface SourceImport extends Import {
  /** The importing file, relative to the repository. */
  readonly from: string
  /** The imported file, relative to the repository, or the name of a package. */
  readonly to: string
}

/** Source files, tests left out, as paths relative to the repository. */
export function sourceFiles(): string[] {
  return walk(join(ROOT, 'src'))
    .map((path) => relative(ROOT, path).replaceAll(sep, '/'))
    .filter((path) => /\.(ts|js)$/.test(path) && !path.endsWith('.test.ts'))
}

/** What a source file imports. */
export function importsOf(from: string): SourceImport[] {
  return importsIn(read(from)).map((found) => {
    const { module } = found
    const to = module.startsWith('.') ? posix.join(posix.dirname(from), module) : module
    return { ...found, from, to }
  })
}

/** The folder of src that a source file is in; empty for a file of src itself. */
export function folderOf(path: string): string {
  return /^src\/(\w+)\//.exec(path)?.[1] ?? ''
}

/** The folders of src in the order of docs/architecture.md, which is the order in which data flows. */
export function folderOrder(): string[] {
  return blockOf('docs/architecture.md', 'order').map((line) => line.split(/\s/)[0]!)
}

/** The lines of the first block of a document that is fenced with the given word. */
export function blockOf(path: string, word: string): string[] {
  const block = new RegExp(`\`\`\`${word}\\n([\\s\\S]*?)\`\`\``).exec(read(path))?.[1] ?? ''
  return block.split('\n').filter((line) => line.trim() !== '')
}

/** The text of a file of the repository. */
export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** Every file that git tracks or would track. */
export function trackedFiles(): string[] {
  // A checkout may belong to another user than the one who tests it.
  const options = ['-c', 'safe.directory=*', 'ls-files', '--cached', '--others']
  const list = execFileSync('git', [...options, '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  return list
    .split('\n')
    .filter(
      (path) => path !== '' && statSync(join(ROOT, path), { throwIfNoEntry: false })?.isFile(),
    )
}

/** Folders directly inside a folder (`.` is the repository) that hold a tracked file. */
export function trackedFolders(inside: string): string[] {
  const start = inside === '.' ? '' : `${inside}/`
  const names = trackedFiles()
    .filter((path) => path.startsWith(start))
    .map((path) => path.slice(start.length).split('/'))
    .flatMap(([name, ...rest]) => (rest.length > 0 ? [name!] : []))
  return [...new Set(names)]
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? walk(path) : [path]
  })
}
