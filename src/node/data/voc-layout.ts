/**
 * @file Where a folder of Pascal VOC data keeps what. Four layouts are met:
 *
 *     devkit     Annotations/ID.xml  JPEGImages/ID.jpg  ImageSets/Main/SPLIT.txt (an ID a line)
 *     no lists   Annotations/ID.xml  JPEGImages/ID.jpg         splits are drawn: trainval, train, val, test
 *     folders    SPLIT/NAME.xml beside SPLIT/NAME.JPG          each folder is a split
 *     flat       NAME.xml beside NAME.jpg                      splits are drawn, as above
 */
import { basename, dirname, extname, join, resolve } from 'node:path'
import { drawSplits } from '../../dataset/split.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { type Listing, listFolder } from '../files/list-folder.ts'
import { folderMissing } from './folder-missing.ts'
import { readSplitLists, type SplitLists } from './split-lists.ts'

/** One annotation file and where its picture should be. */
export interface VocEntry {
  /** Unique in the folder: the path below it (or below Annotations/), without extension. */
  readonly id: string
  readonly xmlPath: string
  readonly imageFolder: string
}

/** A folder of VOC data: all its annotations, and which of them belong to which split. */
export interface VocLayout extends SplitLists {
  readonly entries: readonly VocEntry[]
  /** Whether the splits were drawn by chance. */
  readonly drawn: boolean
}

const ANNOTATIONS = 'Annotations'

/** What the devkit calls the folder of pictures, and what other tools do. */
const IMAGE_FOLDERS = ['JPEGImages', 'images', 'Images']

/**
 * Finds out how a folder is laid out, by looking at names only.
 * @param folder path
 * @param seed for splits that must be drawn
 * @throws E_FOLDER_MISSING if it is not a folder; E_FOLDER_EMPTY if it holds no annotation
 */
export async function findVocLayout(folder: string, seed: number): Promise<VocLayout> {
  const listing = await list(folder)
  if (listing.folders.includes(ANNOTATIONS)) return findDevkit(folder, listing, seed)
  const flat = entriesBeside(folder, '', listing)
  if (flat.length > 0) {
    await refusePartOfDevkit(folder)
    return drawnLayout(flat, seed)
  }
  const found = await Promise.all(
    listing.folders.map(async (name) =>
      entriesBeside(folder, name, await list(join(folder, name))),
    ),
  )
  const lists = listing.folders.flatMap((name, i) =>
    found[i]!.length === 0 ? [] : [[name, found[i]!.map(idOf)] as const],
  )
  if (lists.length === 0) throw await emptyFolder(folder, listing)
  return { entries: found.flat(), ...namedSplits(new Map(lists)), drawn: false }
}

async function findDevkit(folder: string, listing: Listing, seed: number): Promise<VocLayout> {
  const annotations = join(folder, ANNOTATIONS)
  const images = IMAGE_FOLDERS.find((name) => listing.folders.includes(name))
  const imageFolder = images === undefined ? annotations : join(folder, images)
  const names = xmlNames(await list(annotations))
  const entries = names.map((name) => ({
    id: stem(name),
    xmlPath: join(annotations, name),
    imageFolder,
  }))
  if (entries.length === 0) throw await emptyFolder(folder, listing)
  const found = await readSplitLists(join(folder, 'ImageSets', 'Main'), new Set(entries.map(idOf)))
  return found.splits.size + found.unreadable.size > 0
    ? { entries, ...found, drawn: false }
    : drawnLayout(entries, seed)
}

function drawnLayout(entries: readonly VocEntry[], seed: number): VocLayout {
  const splits = drawSplits(entries.map(idOf), seed)
  return { entries, ...namedSplits(splits), drawn: true }
}

function namedSplits(splits: ReadonlyMap<string, readonly string[]>): SplitLists {
  return { splits, unreadable: new Map(), names: [...splits.keys()].sort() }
}

/** Annotations that lie beside their pictures, in FOLDER or in FOLDER/SPLIT. */
function entriesBeside(folder: string, split: string, listing: Listing): VocEntry[] {
  const imageFolder = join(folder, split)
  return xmlNames(listing).map((name) => ({
    id: split === '' ? stem(name) : `${split}/${stem(name)}`,
    xmlPath: join(imageFolder, name),
    imageFolder,
  }))
}

/** Folders called NAME.xml too: each is told as an annotation that cannot be read, not passed over. */
function xmlNames({ files, folders }: Listing): string[] {
  const isXml = (name: string) => extname(name).toLowerCase() === '.xml' && !name.startsWith('.')
  return [...files, ...folders].filter(isXml).sort()
}

async function list(folder: string): Promise<Listing> {
  try {
    return await listFolder(folder)
  } catch (cause) {
    throw folderMissing('readVoc', folder, cause)
  }
}

/** Annotations named by themselves, without the folder above them: their pictures would all be missing. */
async function refusePartOfDevkit(folder: string): Promise<void> {
  if (basename(resolve(folder)) !== ANNOTATIONS) return
  const above = dirname(resolve(folder))
  const { folders } = await list(above)
  if (!IMAGE_FOLDERS.some((name) => folders.includes(name))) return
  throw new SingleshotError('E_FOLDER_EMPTY', {
    where: 'readVoc',
    rule: 'expected the folder that holds Annotations/ and its pictures',
    got: 'Annotations itself',
    file: folder,
    remedy: `Did you mean ${dirname(folder) === '.' ? above : dirname(folder)}?`,
  })
}

/** Subfolders that an error names. */
const NAMED_FOLDERS = 5

async function emptyFolder(folder: string, { folders }: Listing): Promise<SingleshotError> {
  const within = await Promise.all(
    folders.map((name) => listFolder(join(folder, name)).catch(() => null)),
  )
  const likely = folders.filter((_, i) => within[i]?.folders.includes(ANNOTATIONS))
  const above = basename(dirname(resolve(folder)))
  const inDevkit = IMAGE_FOLDERS.includes(basename(resolve(folder)))
  const remedy =
    likely.length > 0
      ? `Did you mean ${likely.map((name) => join(folder, name)).join(' or ')}?`
      : inDevkit
        ? `Name the folder above, ${above}, if it holds ${ANNOTATIONS}/.`
        : undefined
  const seen = folders.slice(0, NAMED_FOLDERS).map((name) => `${name}/`)
  return new SingleshotError('E_FOLDER_EMPTY', {
    where: 'readVoc',
    rule: 'expected XML files in Annotations/ (subfolders of it are not searched), or beside their pictures in the folder or its subfolders',
    got: seen.length === 0 ? 'neither' : `neither, only ${seen.join(', ')}`,
    file: folder,
    ...(remedy !== undefined && { remedy }),
  })
}

const stem = (name: string) => basename(name, extname(name))
const idOf = ({ id }: VocEntry) => id
