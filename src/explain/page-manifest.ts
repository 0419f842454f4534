/**
 * @file The manifest of the explorer's page: one small file beside it that says which model, pictures and history were
 * put there. `singleshot explain` writes it and the page reads it, both by this schema.
 */
import * as z from 'zod'
import { checkOptions } from '../check/check-options.ts'
import { SingleshotError } from '../error/singleshot-error.ts'

/** Raised when a page of the former version could no longer read the manifest. */
export const MANIFEST_VERSION = 1

const name = z.string().min(1)
const number = z.number()
const side = z.number().int().min(1)

/** A file beside the manifest: never another site's, nor one above it. */
const file = z
  .string()
  .regex(/^(?!.*\.\.)[\w-][\w./-]*$/)
  .meta({ description: 'a file beside it, e.g. pictures/01.jpg' })

const loss = number.nullish().transform((value) => value ?? null)

/** The model as it was during training. */
const snapshotSchema = z.object({
  file,
  epoch: number,
  step: number,
  classLoss: loss,
  offsetLoss: loss,
})

/** A line of a run's metrics.jsonl, without what the page does not draw. */
const lineSchema = z.object({
  epoch: number,
  step: number,
  classLoss: number,
  offsetLoss: number,
  mAP50: loss,
})

const objectSchema = z.object({
  className: name,
  /** x1, y1, x2, y2 in pixels of the picture. */
  box: z.tuple([number, number, number, number]),
  /** Trained on, but counted neither way when judging. */
  difficult: z.boolean().default(false),
})

/** A picture with what a person labelled in it. */
const pictureSchema = z.object({
  file,
  width: side,
  height: side,
  objects: z.array(objectSchema),
})

/** What was put beside the page; what a later release adds is passed over. */
export const pageManifestSchema = z.object({
  version: z.literal(MANIFEST_VERSION),
  name,
  /** The model's file; null: none, the page is a sandbox. */
  model: file.nullable(),
  snapshots: z.array(snapshotSchema),
  metrics: z.array(lineSchema),
  pictures: z.array(pictureSchema),
})

/** What was put beside the page. */
export type PageManifest = z.output<typeof pageManifestSchema>

/** The same as it is written: what may be left out is optional. */
export type PageManifestFile = z.input<typeof pageManifestSchema>

/** What a page without a manifest has. */
export const EMPTY_MANIFEST: PageManifest = {
  version: MANIFEST_VERSION,
  name: 'Sandbox',
  model: null,
  snapshots: [],
  metrics: [],
  pictures: [],
}

/**
 * Checks what a manifest file holds.
 * @param json parsed JSON
 * @throws SingleshotError E_MANIFEST when it is of another version, or damaged: all wrong places are named
 */
export function readPageManifest(json: unknown): PageManifest {
  const where = 'data/manifest.json'
  const version = (json as { version?: unknown } | null | undefined)?.version
  if (version !== MANIFEST_VERSION)
    throw new SingleshotError('E_MANIFEST', {
      where,
      rule: `expected version ${MANIFEST_VERSION}, which this page reads`,
      got: version,
      remedy: 'Make page and data with one release of singleshot: singleshot explain --out FOLDER.',
    })
  return checkOptions(pageManifestSchema, json, where, { code: 'E_MANIFEST' })
}
