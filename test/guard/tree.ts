/** @file What the guard tests look at: the files of the repository. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Source files, tests left out, as paths relative to the repository. */
export function sourceFiles(): string[] {
  return walk(join(ROOT, 'src'))
    .map((path) => relative(ROOT, path))
    .filter((path) => /\.(ts|js)$/.test(path) && !path.endsWith('.test.ts'))
}

/** The text of a file of the repository. */
export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** Every file that git tracks or would track. */
export function trackedFiles(): string[] {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  return list
    .split('\n')
    .filter(
      (path) => path !== '' && statSync(join(ROOT, path), { throwIfNoEntry: false })?.isFile(),
    )
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? walk(path) : [path]
  })
}
