/** @file Labels of one format written in another, with their pictures. What the other cannot hold is counted. */
import * as z from 'zod'
import { checkOptions } from '../../check/check-options.ts'
import { LARGEST_SEED } from '../../check/limits.ts'
import {
  callbackSchema,
  type PartsOf,
  pathSchema,
  signalSchema,
  textSchema,
} from '../../check/schemas.ts'
import { SPLITS_DEFAULTS, type SplitShares } from '../../dataset/split.ts'
import { FORMAT_NAMES, type FormatName } from '../../label/format-names.ts'
import { formatOf } from '../../label/formats.ts'
import { type Lost, lostBy } from '../../label/lost.ts'
import type { ConvertEvent, Listener } from '../events.ts'
import { refuseFilled } from '../files/new-file.ts'
import { divideLabels } from './divide.ts'
import { openFolder } from './file-tree.ts'
import { readLabelledDataset } from './read-labels.ts'
import { requireFormat } from './recognise.ts'
import { labelSetOf, type PictureTransfer, writeLabels } from './write-labels.ts'

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
  /** New splits in the place of those that there are: shares of `val` and `test`, each 0 to 1. */
  readonly divide?: SplitShares | undefined
  /** Names the division; default 0. */
  readonly seed?: number | undefined
  /** Default 'copy'. */
  readonly pictures?: PictureTransfer | undefined
  /** Makes problems an error, once all are known; by default what is wrong is left out and told. */
  readonly strict?: boolean | undefined
  /** Ends the writing with its reason. */
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: Listener<ConvertEvent>
}

const share = z.number().min(0).max(1)

const requestSchema = z.strictObject({
  from: pathSchema,
  to: z.enum(FORMAT_NAMES),
  out: pathSchema,
  format: z.enum(FORMAT_NAMES).optional(),
  split: textSchema.optional(),
  divide: z
    .strictObject({ val: share, test: share })
    .refine(({ val, test }) => val + test < 1, 'expected shares of together less than 1')
    .optional(),
  seed: z.number().int().min(0).max(LARGEST_SEED).optional(),
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
  const chosen = await requireFormat(tree, from, { format: request.format, where: 'convert' })
  const found = await readLabelledDataset(tree, from, chosen, {
    ...{ split, strict, signal },
    ...(onEvent !== undefined && { onEvent }),
  })
  const { divide, seed = SPLITS_DEFAULTS.seed } = request
  const source =
    divide === undefined ? found : await divideLabels(found, { shares: divide, seed, signal })
  const set = labelSetOf(source)
  await writeLabels(set, target, {
    ...{ out, signal, onEvent, where: 'convert', pictures: request.pictures },
    sources: source.dataset.examples.map(({ imagePath }) => imagePath),
  })
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
