/**
 * @file Where a folder of Pascal VOC data keeps what. Four layouts are met:
 *
 *     devkit     Annotations/ID.xml  JPEGImages/ID.jpg  ImageSets/Main/SPLIT.txt (an ID a line)
 *     no lists   Annotations/ID.xml  JPEGImages/ID.jpg         splits are drawn: trainval, train, val, test
 *     folders    SPLIT/NAME.xml beside SPLIT/NAME.JPG          each folder is a split
 *     flat       NAME.xml beside NAME.jpg                      splits are drawn, as above
 */
import type { Dirent } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { drawSplits } from '../dataset/split.ts'
import { SingleshotError } from '../error/singleshot-error.ts'

/** One annotation file and where its picture should be. */
export interface VocEntry {
  /** Unique in the folder: the path below it (or below Annotations/), without extension. */
  readonly id: string
  readonly xmlPath: string
  readonly imageFolder: string
}

/** A folder of VOC data: all its annotations, and which of them belong to which split. */
export interface VocLayout {
  readonly entries: readonly VocEntry[]
  /** Ids by the name of the split. */
  readonly splits: ReadonlyMap<string, readonly string[]>
}

/** What the devkit calls the folder of pictures, and what other tools do. */
const IMAGE_FOLDERS = ['JPEGImages', 'images', 'Images']

/**
 * Finds out how a folder is laid out, by looking at names only.
 * @param folder path
 * @param seed for splits that must be drawn
 * @throws E_FOLDER_MISSING if it is not a folder; E_FOLDER_EMPTY if it holds no annotation
 */
export async function findVocLayout(folder: string, seed: number): Promise<VocLayout> {
  const listing = await listFolder(folder)
  const folders = listing.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  if (folders.includes('Annotations')) return findDevkit(folder, folders, seed)
  const flat = await entriesBeside(folder, '')
  if (flat.length > 0) return { entries: flat, splits: drawSplits(flat.map(idOf), seed) }
  const found = await Promise.all(folders.sort().map((name) => entriesBeside(folder, name)))
  const splits = found.flatMap((entries, i) =>
    entries.length === 0 ? [] : [[folders[i]!, entries.map(idOf)] as const],
  )
  if (splits.length === 0) throw emptyFolder(folder)
  return { entries: found.flat(), splits: new Map(splits) }
}

async function findDevkit(folder: string, folders: string[], seed: number): Promise<VocLayout> {
  const annotations = join(folder, 'Annotations')
  const images = IMAGE_FOLDERS.find((name) => folders.includes(name))
  const imageFolder = images === undefined ? annotations : join(folder, images)
  const entries = (await listXml(annotations)).map((name) => ({
    id: stem(name),
    xmlPath: join(annotations, name),
    imageFolder,
  }))
  if (entries.length === 0) throw emptyFolder(folder)
  const lists = await readSplitLists(join(folder, 'ImageSets', 'Main'))
  return { entries, splits: lists.size > 0 ? lists : drawSplits(entries.map(idOf), seed) }
}

/** The lists of ImageSets/Main, without those a class (`aeroplane_train.txt` beside `train.txt`). */
async function readSplitLists(folder: string): Promise<Map<string, string[]>> {
  const names = await readdir(folder).catch(() => [])
  const splits = names.filter((name) => name.endsWith('.txt')).map(stem)
  const isClassList = (split: string) => splits.some((other) => split.endsWith(`_${other}`))
  const lists = new Map<string, string[]>()
  for (const split of splits.filter((name) => !isClassList(name)).sort()) {
    const text = await readFile(join(folder, `${split}.txt`), 'utf8')
    lists.set(split, [
      ...new Set(
        text
          .split(/\r?\n/)
          .map((line) => line.trim())
          .filter(Boolean),
      ),
    ])
  }
  return lists
}

/** Annotations that lie beside their pictures, in FOLDER or in FOLDER/SPLIT. */
async function entriesBeside(folder: string, split: string): Promise<VocEntry[]> {
  const imageFolder = join(folder, split)
  return (await listXml(imageFolder)).map((name) => ({
    id: split === '' ? stem(name) : `${split}/${stem(name)}`,
    xmlPath: join(imageFolder, name),
    imageFolder,
  }))
}

/** Sorted, so that nothing depends on the order in which the disk lists them. */
async function listXml(folder: string): Promise<string[]> {
  const isXml = (name: string) => extname(name).toLowerCase() === '.xml' && !name.startsWith('.')
  return (await listFolder(folder))
    .map(({ name }) => name)
    .filter(isXml)
    .sort()
}

async function listFolder(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (cause) {
    const parts = { where: 'readVoc', rule: 'expected a folder that exists', file: folder, cause }
    throw new SingleshotError('E_FOLDER_MISSING', parts)
  }
}

function emptyFolder(file: string): SingleshotError {
  const rule =
    'expected Annotations/ and JPEGImages/, or XML files beside their images, got neither'
  return new SingleshotError('E_FOLDER_EMPTY', { where: 'readVoc', rule, file })
}

const stem = (name: string) => basename(name, extname(name))
const idOf = ({ id }: VocEntry) => id
