/**
 * @file The lists of ImageSets/Main: which annotations belong to which split, one per line. Lists made by hand also name
 * the picture's file (`one.png`) or keep the second column of a list per class (`one 1`); what is meant is plain.
 */
import { basename, extname, join } from 'node:path'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { listFolder } from '../files/list-folder.ts'
import { type ReadFailure, readBounded } from '../files/read-bounded.ts'

/** Bytes of the largest list: millions of lines. */
const MOST_BYTES = 100e6

/** The lists of a folder. */
export interface SplitLists {
  /** Ids by the name of the list. */
  readonly splits: ReadonlyMap<string, readonly string[]>
  /** Why a list cannot be read, by its name: no matter until somebody asks for it. */
  readonly unreadable: ReadonlyMap<string, SingleshotError>
  /** The names to choose from: without lists per class, unless there are no others. */
  readonly names: readonly string[]
}

/**
 * Reads all lists.
 * @param ids of all annotations
 */
export async function readSplitLists(
  folder: string,
  ids: ReadonlySet<string>,
): Promise<SplitLists> {
  const listing = await listFolder(folder).catch(() => ({ files: [], folders: [] }))
  const files = [...listing.files, ...listing.folders].filter((name) => /\.txt$/i.test(name))
  const splits = new Map<string, string[]>()
  const unreadable = new Map<string, SingleshotError>()
  const perClass = new Set<string>()
  for (const file of files.sort()) {
    const lines = await readLines(join(folder, file))
    const name = basename(file, extname(file))
    if (lines instanceof SingleshotError) unreadable.set(name, lines)
    else splits.set(name, [...new Set(lines.map(idFinder(ids)))])
    if (Array.isArray(lines) && lines.length > 0 && lines.every((line) => COLUMN.test(line)))
      perClass.add(name)
  }
  const all = [...splits.keys()]
  const names = all.filter((name) => !perClass.has(name))
  return { splits, unreadable, names: names.length > 0 ? names : all }
}

/** What a list per class says of each picture: it shows the class (1), does not (-1), or is hard to tell (0). */
const COLUMN = /\s+(-1|0|1)$/

async function readLines(file: string): Promise<string[] | SingleshotError> {
  const refuse = ({ got, cause }: ReadFailure) => {
    const rule = 'expected a list that can be read'
    const remedy = 'Restore the list, or choose another split.'
    return new SingleshotError('E_SPLIT_MISSING', {
      where: 'readVoc',
      rule,
      got,
      file,
      remedy,
      cause,
    })
  }
  try {
    const bytes = await readBounded(file, { most: MOST_BYTES, refuse })
    const lines = new TextDecoder().decode(bytes).split(/\r?\n/)
    return lines.map((line) => line.trim()).filter(Boolean)
  } catch (error) {
    if (error instanceof SingleshotError) return error
    throw error
  }
}

/** The id that a line means; the line itself where there is no such annotation. */
function idFinder(ids: ReadonlySet<string>): (line: string) => string {
  return (line) => {
    const word = line.replace(COLUMN, '')
    const candidates = [line, word, withoutExtension(line), withoutExtension(word)]
    return candidates.find((candidate) => ids.has(candidate)) ?? line
  }
}

const withoutExtension = (name: string) => name.slice(0, name.length - extname(name).length)
