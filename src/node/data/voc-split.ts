/** @file Which annotations of a folder are to be read: those of one split, or all. */
import type { SplitTaken } from '../../dataset/dataset.ts'
import type { ProblemList } from '../../dataset/problem-list.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { SplitLists } from './split-lists.ts'

/** Which split to take. */
export interface SplitChoice {
  /** A list in ImageSets/Main, a subfolder, or train, val, trainval, test. */
  readonly split?: string | undefined
  /** Where no split is named: the first of these that there is. Default: everything is read. */
  readonly usual?: readonly string[] | undefined
}

/** A split and its annotations. */
export interface ChosenSplit<Entry> {
  readonly taken: SplitTaken
  readonly entries: readonly Entry[]
}

/** Entries, and the splits that they belong to. */
export interface SplitLayout<Entry> extends SplitLists {
  readonly entries: readonly Entry[]
  /** Whether the splits were drawn by chance. */
  readonly drawn: boolean
}

/**
 * Takes the split that was asked for, or the usual one. A line of its list without an annotation is a problem.
 * @param file the folder, for messages
 * @throws SingleshotError E_SPLIT_MISSING if there is none of that name, or its list cannot be read
 */
export function chooseSplit<Entry extends { readonly id: string }>(
  { entries, splits, unreadable, names: available, drawn }: SplitLayout<Entry>,
  { split: asked, usual = [] }: SplitChoice,
  problems: ProblemList,
  file: string,
): ChosenSplit<Entry> {
  const name = asked ?? usual.find((split) => splits.has(split) || unreadable.has(split))
  const taken = { name, asked: asked !== undefined, available, drawn }
  if (name === undefined) return { taken, entries }
  const unread = unreadable.get(name)
  if (unread !== undefined) throw unread
  const ids = splits.get(name)
  if (ids === undefined) {
    const rule = `expected one of the splits ${available.join(', ')}`
    throw new SingleshotError('E_SPLIT_MISSING', { where: 'readVoc', rule, got: name, file })
  }
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const found = ids.map((id) => byId.get(id) ?? id)
  for (const id of found)
    if (typeof id === 'string') problems.leaveOutImage([notAnnotated(id, name, file)])
  return { taken, entries: found.filter((entry) => typeof entry !== 'string') }
}

function notAnnotated(id: string, split: string, file: string): SingleshotError {
  const rule = `expected an annotation for each line of the split ${split}`
  const parts = { where: 'readVoc', rule, got: `none for ${id}`, file }
  return new SingleshotError('E_ANNOTATION_MISSING', parts)
}
