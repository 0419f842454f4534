/** @file The pictures that were named, folders replaced by the pictures in them. */
import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { countOf } from '../../error/count-of.ts'
import { describeError, SingleshotError } from '../../error/singleshot-error.ts'

/** File names that a folder is searched for. */
const PICTURE = /\.(jpe?g|png|webp|tiff?|gif|avif)$/i

/** Pictures of other kinds, which are passed over. */
const OTHER_PICTURE = /\.(bmp|hei[cf]|jxl|jp2|psd|svg|dng|cr[23]|nef|arw|orf|rw2)$/i

/** How to look for pictures. */
export interface FindPicturesOptions {
  /** Whether folders stand for the pictures in their subfolders, too. */
  readonly recursive?: boolean
  /** Told of what a folder holds and is passed over. */
  readonly onMessage?: (message: string) => void
}

/**
 * The paths, each folder replaced by the pictures in it, in order of name.
 * @throws SingleshotError E_IMAGE_MISSING for a folder without pictures; E_IMAGE_UNREADABLE for one that may not be read
 */
export async function findPictures(
  paths: readonly string[],
  { recursive = false, onMessage = () => undefined }: FindPicturesOptions = {},
): Promise<string[]> {
  const found: string[] = []
  for (const path of paths) {
    const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false
    found.push(...(isFolder ? await picturesOf(path, recursive, onMessage) : [path]))
  }
  return found
}

async function picturesOf(
  folder: string,
  recursive: boolean,
  onMessage: (message: string) => void,
): Promise<string[]> {
  const { pictures, passedOver, folders } = await lookInto(folder, recursive)
  const deeper = !recursive && (await holdPictures(folders))
  if (pictures.length === 0) throw nothingIn(folder, { deeper, passedOver })
  if (deeper) onMessage(`${folder}: its subfolders hold pictures too; --recursive takes them.`)
  if (passedOver.length > 0)
    onMessage(
      `${folder}: ${countOf(passedOver.length, 'file')} passed over, of kinds that are not read: ${passedOver.slice(0, 3).join(', ')}${passedOver.length > 3 ? ', ...' : ''}`,
    )
  return pictures
}

/** What a folder holds, as paths. */
interface Holdings {
  readonly pictures: string[]
  readonly passedOver: string[]
  /** Not those that were looked into. */
  readonly folders: string[]
}

async function lookInto(folder: string, recursive: boolean): Promise<Holdings> {
  const held: Holdings = { pictures: [], passedOver: [], folders: [] }
  for (const entry of await list(folder)) {
    const path = join(folder, entry.name)
    // A link to a folder could lead back here, so it is not followed.
    if (entry.isDirectory()) held.folders.push(path)
    else if (PICTURE.test(entry.name)) held.pictures.push(path)
    else if (OTHER_PICTURE.test(entry.name)) held.passedOver.push(path)
  }
  if (!recursive) return held
  const inside = await Promise.all(held.folders.map((path) => lookInto(path, true)))
  return {
    pictures: [...held.pictures, ...inside.flatMap(({ pictures }) => pictures)],
    passedOver: [...held.passedOver, ...inside.flatMap(({ passedOver }) => passedOver)],
    folders: [],
  }
}

async function list(folder: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (cause) {
    throw new SingleshotError('E_IMAGE_UNREADABLE', {
      where: 'detect',
      rule: 'expected a folder that can be read',
      got: describeError(cause),
      file: folder,
      remedy: 'Check the permissions of the folder.',
      cause,
    })
  }
}

/** Whether there is a picture in any of the folders, however deep; the first one found is enough. */
async function holdPictures(folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) {
    const held = await lookInto(folder, false).catch(() => null)
    if (held !== null && (held.pictures.length > 0 || (await holdPictures(held.folders))))
      return true
  }
  return false
}

function nothingIn(
  folder: string,
  { deeper, passedOver }: { readonly deeper: boolean; readonly passedOver: readonly string[] },
): SingleshotError {
  const others = passedOver.length > 0 ? `only files of other kinds, e.g. ${passedOver[0]}` : 'none'
  return new SingleshotError('E_IMAGE_MISSING', {
    where: 'detect',
    rule: 'expected a folder with pictures (jpg, png, webp, tiff, gif, avif) in it',
    got: deeper ? 'pictures in its subfolders only' : others,
    file: folder,
    remedy: deeper
      ? 'Name the subfolders, or take them all with --recursive.'
      : 'Check the path, or convert the pictures to JPEG or PNG.',
  })
}
