/** @file Which format a folder's labels are in: what somebody says, else what the files look like, with the reason. */
import { basename } from 'node:path'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { FORMAT_NAMES } from '../../label/format-names.ts'
import { formatOf, type Recognised, recogniseFormats } from '../../label/formats.ts'
import type { FileTree } from '../../label/labels.ts'
import { readLabelledDataset } from './read-labels.ts'

/** A format, with the reason where nobody named it. */
export type ChosenFormat = Pick<Recognised, 'format'> & { readonly reason?: string | undefined }

/**
 * The format of a folder.
 * @param asked its name; undefined: it is recognised
 * @returns undefined where no file looks like labels
 * @throws SingleshotError E_FORMAT for an unknown name, or where several formats say different things
 */
export async function chooseFormat(
  tree: FileTree,
  folder: string,
  asked: string | undefined,
): Promise<ChosenFormat | undefined> {
  if (asked !== undefined) return { format: formatOf(asked) }
  const found = await recogniseFormats(tree)
  if (found.length < 2) return found[0]
  const said = await Promise.all(found.map((one) => contentOf(tree, folder, one)))
  // A collection that comes in two formats says the same in both.
  if (said.every((content) => content === said[0])) return found[0]
  throw new SingleshotError('E_FORMAT', {
    where: 'readLabels',
    rule: 'expected labels in one format',
    got: found.map(({ format, reason }) => `${format.name} (${reason})`).join(', '),
    file: folder,
    remedy: `Say which one to read: --format ${found.map(({ format }) => format.name).join(' or ')}.`,
  })
}

/** Everything that labels say of pictures, as one text that is the same for the same boxes. */
async function contentOf(tree: FileTree, folder: string, { format }: Recognised): Promise<string> {
  const { dataset } = await readLabelledDataset(tree, folder, { format }).catch((error) => {
    if (error instanceof SingleshotError) return { dataset: undefined }
    throw error
  })
  if (dataset === undefined) return `${format.name} cannot be read`
  const lines = dataset.examples.flatMap(({ imagePath, objects }) =>
    objects.map(({ classId, box }) =>
      [
        basename(imagePath),
        dataset.classes[classId],
        ...[box.x1, box.y1, box.x2, box.y2].map(Math.round),
      ].join('|'),
    ),
  )
  return lines.sort().join('\n')
}

/**
 * The same, for who can do nothing without labels.
 * @param where who asks, for the message
 * @throws SingleshotError E_FORMAT; E_FOLDER_EMPTY where nothing looks like labels
 */
export async function requireFormat(
  tree: FileTree,
  folder: string,
  { format, where }: { readonly format: string | undefined; readonly where: string },
): Promise<ChosenFormat> {
  const chosen = await chooseFormat(tree, folder, format)
  if (chosen !== undefined) return chosen
  throw new SingleshotError('E_FOLDER_EMPTY', {
    where,
    rule: `expected labels in one of the formats ${FORMAT_NAMES.join(', ')}`,
    got: 'none',
    file: folder,
  })
}
