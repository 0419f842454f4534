/** @file The files of a folder as readers of labels see them: listed once, links followed, system files passed over. */
import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { FileTree } from '../../label/labels.ts'
import { openBounded, type ReadFailure, readBounded, readPart } from '../files/read-bounded.ts'
import { folderMissing } from './folder-missing.ts'

/** Bytes of the largest file of labels: what a text of V8 can hold. The labels of COCO's training set have 450 MB. */
const MOST_BYTES = 512e6

/** Bytes that are looked at, at each end of a file. */
const PEEK_BYTES = 64 * 1024

/** Folders below one another that are followed: far more than anybody makes by hand. */
const DEEPEST = 32

/** What operating systems and editors leave in folders. */
const NOT_DATA = /^(\.|__MACOSX$|Thumbs\.db$|desktop\.ini$|Icon\r$)/i

/**
 * Lists a folder and all below it.
 * @throws SingleshotError E_FOLDER_MISSING if it is no folder that can be read
 */
export async function openFolder(folder: string): Promise<FileTree> {
  const files: string[] = []
  await walk(folder, '', files, { depth: 0, above: [] })
  return {
    name: folder,
    files: files.sort(),
    read: (path) => readBounded(join(folder, path), { most: MOST_BYTES, refuse: refusing(path) }),
    peek: (path) => peek(join(folder, path), path),
  }
}

interface Descent {
  readonly depth: number
  /** Real paths of the folders that led here: a link back to one of them is a circle. */
  readonly above: readonly string[]
}

async function walk(
  folder: string,
  below: string,
  files: string[],
  descent: Descent,
): Promise<void> {
  const real = await realpath(join(folder, below)).catch((cause) => {
    throw folderMissing('readLabels', folder, cause)
  })
  if (descent.above.includes(real) || descent.depth > DEEPEST) return
  const entries = await readdir(real, { withFileTypes: true }).catch((cause) => {
    throw folderMissing('readLabels', folder, cause)
  })
  const deeper = { depth: descent.depth + 1, above: [...descent.above, real] }
  for (const entry of entries) {
    if (NOT_DATA.test(entry.name)) continue
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    const link = entry.isSymbolicLink()
    const target = link ? await stat(join(folder, path)).catch(() => null) : entry
    if (target?.isDirectory() === true) await walk(folder, path, files, deeper)
    else if (target?.isFile() === true) files.push(path)
  }
}

const refusing =
  (file: string) =>
  ({ got, cause }: ReadFailure) => {
    const rule = `expected a file of labels of at most ${MOST_BYTES / 1e6} MB that can be read`
    return new SingleshotError('E_LABELS', { where: 'readLabels', rule, got, file, cause })
  }

function peek(path: string, name: string): Promise<{ head: string; tail: string }> {
  // Whatever its length: only the ends are read.
  return openBounded(
    path,
    { most: Number.POSITIVE_INFINITY, refuse: refusing(name) },
    async (file, size) => {
      const head = await readPart(file, 0, Math.min(size, PEEK_BYTES))
      const rest = Math.min(size - head.length, PEEK_BYTES)
      const tail = rest === 0 ? new Uint8Array() : await readPart(file, size - rest, rest)
      const decoder = new TextDecoder()
      return { head: decoder.decode(head), tail: decoder.decode(tail) }
    },
  )
}
