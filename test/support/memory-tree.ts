/** @file A folder that is only in memory, as readers of labels see one. */
import { SingleshotError } from '../../src/error/singleshot-error.ts'
import type { FileTree } from '../../src/label/labels.ts'

const PEEK = 64 * 1024

/** A tree of these files: text, or bytes. */
export function memoryTree(files: Readonly<Record<string, string | Uint8Array>>): FileTree {
  const bytesOf = (path: string) => {
    const content = files[path]
    if (content === undefined)
      throw new SingleshotError('E_LABELS', { where: 'test', rule: 'expected a file', file: path })
    return typeof content === 'string' ? new TextEncoder().encode(content) : content
  }
  return {
    name: 'memory',
    files: Object.keys(files).sort(),
    read: async (path) => bytesOf(path),
    peek: async (path) => {
      const bytes = bytesOf(path)
      const decoder = new TextDecoder()
      return {
        head: decoder.decode(bytes.subarray(0, PEEK)),
        tail: bytes.length > PEEK ? decoder.decode(bytes.subarray(-PEEK)) : '',
      }
    },
  }
}
