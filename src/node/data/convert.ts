/** @file Labels of one format written in another, with their pictures. What the other cannot hold is counted. */
import { extname, join } from 'node:path'
import * as z from 'zod'
import { checkOptions } from '../../check/check-options.ts'
import {
  callbackSchema,
  type PartsOf,
  pathSchema,
  signalSchema,
  textSchema,
} from '../../check/schemas.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { FORMAT_NAMES, type FormatName } from '../../label/format-names.ts'
import { formatOf } from '../../label/formats.ts'
import type { LabelFormat, LabelSet, WrittenPicture } from '../../label/labels.ts'
import { type Lost, lostBy } from '../../label/lost.ts'
import type { ConvertEvent, Listener } from '../events.ts'
import { refuseFilled, transferToNewFile, writeNewFile } from '../files/new-file.ts'
import { openFolder } from './file-tree.ts'
import { type LabelledDataset, readLabelledDataset } from './read-labels.ts'
import { chooseFormat, formatList } from './recognise.ts'

/** What comes to the pictures: a copy each, a link each, or nothing, where only labels are wanted. */
export type PictureTransfer = 'copy' | 'link' | 'none'

/** What to convert. */
export interface ConvertRequest {
  /** A folder with pictures and labels. */
  readonly from: string
  /** The name of the format to write. */
  readonly to: FormatName
  /** The folder to make; new or empty. */
  readonly out: string
  /** The format of what is there; undefined: it is recognised. */
  readonly format?: FormatName | undefined
  /** Only this split; undefined: all pictures. */
  readonly split?: string | undefined
  /** Default 'copy'. */
  readonly pictures?: PictureTransfer | undefined
  /** Makes problems an error, once all are known; by default what is wrong is left out and told. */
  readonly strict?: boolean | undefined
  /** Ends the writing with its reason. */
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: Listener<ConvertEvent>
}

const requestSchema = z.strictObject({
  from: pathSchema,
  to: z.enum(FORMAT_NAMES),
  out: pathSchema,
  format: z.enum(FORMAT_NAMES).optional(),
  split: textSchema.optional(),
  pictures: z.enum(['copy', 'link', 'none']).optional(),
  strict: z.boolean().optional(),
  signal: signalSchema.optional(),
  onEvent: callbackSchema.optional(),
} satisfies PartsOf<ConvertRequest>)

/** What was written. */
export interface ConvertResult {
  readonly out: string
  /** Names of the formats. */
  readonly from: string
  readonly to: string
  /** Why the labels were taken for that format; null where it was named. */
  readonly reason: string | null
  readonly pictures: number
  readonly objects: number
  readonly classes: readonly string[]
  /** What the new format cannot hold, by kind. */
  readonly lost: Lost
  /** What was left out because something is wrong with it. */
  readonly leftOut: { readonly images: number; readonly objects: number }
}

/**
 * Writes labels in another format.
 * @throws SingleshotError E_CONFIG; E_FORMAT; E_FOLDER_MISSING, E_FOLDER_EMPTY; as readLabelledDataset; E_OUTPUT_EXISTS, E_WRITE; the
 * signal's reason
 */
export async function convertLabels(request: ConvertRequest): Promise<ConvertResult> {
  checkOptions(requestSchema, request, 'convertLabels')
  const { from, out, split, strict, signal, onEvent } = request
  const target = formatOf(request.to)
  await refuseFilled('convert', out)
  const tree = await openFolder(from)
  const chosen = await chooseFormat(tree, from, request.format)
  if (chosen === undefined) throw nothingFound(from)
  const source = await readLabelledDataset(tree, from, chosen, {
    ...{ split, strict, signal },
    ...(onEvent !== undefined && { onEvent }),
  })
  const set = setOf(source)
  await writeSet(set, source, target, request)
  const { leftOut } = source.dataset
  return {
    out,
    from: chosen.format.name,
    to: target.name,
    reason: chosen.reason ?? null,
    pictures: set.pictures.length,
    objects: set.pictures.reduce((sum, { objects }) => sum + objects.length, 0),
    classes: set.classes,
    lost: lostBy(target, set),
    leftOut: { ...leftOut },
  }
}

function nothingFound(file: string): SingleshotError {
  return new SingleshotError('E_FOLDER_EMPTY', {
    where: 'convert',
    rule: `expected labels in one of the formats ${formatList()}`,
    got: 'none',
    file,
  })
}

/** All that the labels say, for a writer. */
function setOf({ dataset, labelled, splitOf }: LabelledDataset): LabelSet {
  const pictures = dataset.examples.map(
    ({ id, imagePath, size }): WrittenPicture => ({
      id,
      extension: extname(imagePath),
      size,
      split: splitOf.get(id),
      objects: labelled.get(id)!.objects,
    }),
  )
  return { classes: dataset.classes, pictures }
}

async function writeSet(
  set: LabelSet,
  { dataset }: LabelledDataset,
  target: LabelFormat,
  { out, pictures: how = 'copy', signal, onEvent }: ConvertRequest,
): Promise<void> {
  const where = 'convert'
  const total = set.pictures.length
  for (const [i, picture] of set.pictures.entries()) {
    signal?.throwIfAborted()
    const place = join(out, target.placeOf(picture))
    if (how !== 'none')
      await transferToNewFile(dataset.examples[i]!.imagePath, place, { how, where })
    onEvent?.({ type: 'progress', task: 'write', done: i + 1, total })
  }
  for (const [path, text] of target.write(set)) {
    signal?.throwIfAborted()
    await writeNewFile(join(out, path), text, { where })
  }
}
