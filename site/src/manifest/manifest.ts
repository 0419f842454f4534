/**
 * @file The manifest: one small file beside the page that says which model, pictures and history were put there.
 * `singleshot explain` writes it; its twin, the writer's side, is src/node/page/explain-files.ts.
 */
import { PageError } from '../shell/problem.ts'

/** The version that this page reads. */
export const MANIFEST_VERSION = 1

/** The model as it was during training. */
export interface Snapshot {
  /** Beside the manifest. */
  readonly file: string
  readonly epoch: number
  readonly step: number
  readonly classLoss: number | null
  readonly offsetLoss: number | null
}

/** A line of a run's metrics.jsonl. */
export interface MetricsLine {
  readonly epoch: number
  readonly step: number
  readonly classLoss: number
  readonly offsetLoss: number
  readonly mAP50: number | null
}

/** An object of a picture. */
export interface NamedObject {
  readonly className: string
  /** x1, y1, x2, y2 in pixels of the picture. */
  readonly box: readonly [number, number, number, number]
}

/** A picture with what a person labelled in it. */
export interface ManifestPicture {
  /** Beside the manifest. */
  readonly file: string
  readonly width: number
  readonly height: number
  readonly objects: readonly NamedObject[]
}

/** What was put beside the page. */
export interface Manifest {
  readonly version: typeof MANIFEST_VERSION
  readonly name: string
  /** The model's file beside the manifest; null: none, the page is a sandbox. */
  readonly model: string | null
  readonly snapshots: readonly Snapshot[]
  readonly metrics: readonly MetricsLine[]
  readonly pictures: readonly ManifestPicture[]
}

/** What a page without a manifest has. */
export const EMPTY_MANIFEST: Manifest = {
  version: MANIFEST_VERSION,
  name: 'Sandbox',
  model: null,
  snapshots: [],
  metrics: [],
  pictures: [],
}

const REMEDY = 'Make the folder again: singleshot explain --out FOLDER.'

/** Checks what a manifest file holds. @throws PageError with what to do */
export function readManifest(value: unknown): Manifest {
  const held = recordOf(value)
  if (held.version !== MANIFEST_VERSION)
    throw new PageError(
      `data/manifest.json is of version ${String(held.version)}; this page reads version ${MANIFEST_VERSION}.`,
      'The page and its data come from different releases of singleshot. Make both again with one release: singleshot explain --out FOLDER.',
    )
  return {
    version: MANIFEST_VERSION,
    name: textOf(held.name, 'name'),
    model: held.model === null ? null : fileOf(held.model, 'model'),
    snapshots: listOf(held.snapshots, 'snapshots').map(snapshotOf),
    metrics: listOf(held.metrics, 'metrics').map(metricsLineOf),
    pictures: listOf(held.pictures, 'pictures').map(pictureOf),
  }
}

function snapshotOf(value: unknown, i: number): Snapshot {
  const held = recordOf(value)
  const where = `snapshots[${i}]`
  return {
    file: fileOf(held.file, `${where}.file`),
    epoch: numberOf(held.epoch, `${where}.epoch`),
    step: numberOf(held.step, `${where}.step`),
    classLoss: held.classLoss == null ? null : numberOf(held.classLoss, `${where}.classLoss`),
    offsetLoss: held.offsetLoss == null ? null : numberOf(held.offsetLoss, `${where}.offsetLoss`),
  }
}

function metricsLineOf(value: unknown, i: number): MetricsLine {
  const held = recordOf(value)
  const read = (key: string) => numberOf(held[key], `metrics[${i}].${key}`)
  return {
    epoch: read('epoch'),
    step: read('step'),
    classLoss: read('classLoss'),
    offsetLoss: read('offsetLoss'),
    mAP50: held.mAP50 == null ? null : read('mAP50'),
  }
}

function pictureOf(value: unknown, i: number): ManifestPicture {
  const held = recordOf(value)
  const where = `pictures[${i}]`
  return {
    file: fileOf(held.file, `${where}.file`),
    width: numberOf(held.width, `${where}.width`),
    height: numberOf(held.height, `${where}.height`),
    objects: listOf(held.objects, `${where}.objects`).map((object, k) => {
      const { className, box } = recordOf(object)
      const sides = listOf(box, `${where}.objects[${k}].box`)
      if (sides.length !== 4) throw broken(`${where}.objects[${k}].box`, 'four numbers')
      const [x1, y1, x2, y2] = sides.map((side) => numberOf(side, `${where}.objects[${k}].box`))
      return {
        className: textOf(className, `${where}.objects[${k}].className`),
        box: [x1!, y1!, x2!, y2!] as const,
      }
    }),
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw broken('it', 'an object')
  return value as Record<string, unknown>
}

function listOf(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw broken(where, 'a list')
  return value
}

function textOf(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') throw broken(where, 'a text')
  return value
}

/** A file beside the manifest: never another site's. */
function fileOf(value: unknown, where: string): string {
  const text = textOf(value, where)
  if (!/^[\w-][\w./-]*$/.test(text) || text.includes('..'))
    throw broken(where, 'a file beside it, e.g. pictures/01.jpg')
  return text
}

function numberOf(value: unknown, where: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw broken(where, 'a number')
  return value
}

function broken(where: string, expected: string): PageError {
  return new PageError(`data/manifest.json cannot be used: ${where} should be ${expected}.`, REMEDY)
}
