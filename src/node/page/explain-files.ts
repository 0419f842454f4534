/**
 * @file The explorer as a list of files: the built page, and beside it a manifest with a model, the history of its
 * training and some labelled pictures. The same list is served or written. What the manifest is: explain/page-manifest.ts.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeError, SingleshotError } from '../../error/singleshot-error.ts'
import {
  EMPTY_MANIFEST,
  type PageManifest,
  type PageManifestFile,
  pageManifestSchema,
  readPageManifest,
} from '../../explain/page-manifest.ts'
import type { FormatName } from '../../label/format-names.ts'
import { BEST_FILE, LAST_FILE, readModelFile } from '../model.ts'
import { readMetrics } from '../run/metrics.ts'
import { SNAPSHOT_FOLDER } from '../run/snapshots.ts'
import { collectPictures, type PicturesRequest } from './explain-pictures.ts'

/** The built page, in the sources as well as in the package. */
const SITE = fileURLToPath(new URL('../../../dist/site', import.meta.url))

/** A file by its place under the page's address, e.g. `data/manifest.json`. */
export type ExplorerFiles = Map<string, () => Promise<Uint8Array>>

/** What to put beside the page. */
export interface ExplainOptions {
  /** A run folder or a model file; default: the model that ships with the page. */
  readonly model?: string
  /** Labelled pictures. */
  readonly data?: string
  /** The format of the labels; undefined: it is recognised. */
  readonly format?: FormatName | undefined
  /** Default: test, else val, else all the data. */
  readonly split?: string
  /** Told what was put beside the page, and what was left out. */
  readonly onMessage?: (message: string) => void
}

/**
 * Collects the files of the explorer.
 * @throws SingleshotError E_FILE_MISSING when the page has not been built; E_MODEL_MISSING; as opening the data
 */
export async function collectExplorer(options: ExplainOptions = {}): Promise<ExplorerFiles> {
  const files = await siteFiles()
  if (options.model === undefined && options.data === undefined) return files
  const shipped = await shippedManifest(files)
  const { data: source, format, split, onMessage = () => undefined } = options
  const model = options.model === undefined ? {} : await addModel(files, options.model, onMessage)
  const pictures =
    source === undefined ? [] : await addPictures(files, { source, format, split, onMessage })
  const name = basename(options.model ?? options.data ?? '')
  addManifest(files, { ...shipped, ...model, name: name === '' ? 'Model' : name, pictures })
  return files
}

async function siteFiles(): Promise<ExplorerFiles> {
  const entries = await readdir(SITE, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  if (paths.length === 0)
    throw new SingleshotError('E_FILE_MISSING', {
      where: 'explain',
      rule: 'expected the built page; run npm run build in the checkout first',
      got: 'none',
      file: 'dist/site',
    })
  return new Map(
    paths
      .toSorted()
      .map((path) => [path.slice(SITE.length + 1).replaceAll('\\', '/'), reading(path)] as const),
  )
}

/** The run's model, its metrics and its snapshots. */
async function addModel(files: ExplorerFiles, model: string, onMessage: (message: string) => void) {
  await readModelFile(model) // What is no model should be refused here, not in the page.
  const isRun = (await stat(model)).isDirectory()
  const file = isRun ? join(model, await bestOf(model)) : model
  files.set('data/model.safetensors', reading(file))
  return {
    model: 'model.safetensors',
    metrics: isRun ? await readMetrics(model) : [],
    snapshots: isRun ? await addSnapshots(files, join(model, SNAPSHOT_FOLDER), onMessage) : [],
  }
}

/** A run that was cut short before its first validation has only its last model. */
async function bestOf(run: string): Promise<string> {
  return (await readdir(run)).includes(BEST_FILE) ? BEST_FILE : LAST_FILE
}

async function addSnapshots(
  files: ExplorerFiles,
  folder: string,
  onMessage: (message: string) => void,
) {
  const held = await readdir(folder).catch(() => [])
  const names = held.filter((name) => name.endsWith('.safetensors')).toSorted()
  const snapshots = []
  for (const [i, name] of names.entries()) {
    const path = join(folder, name)
    try {
      const { notes } = await readModelFile(path)
      const file = `snapshots/${names.every(isPlain) ? name : numbered(name, i)}`
      files.set(`data/${file}`, reading(path))
      snapshots.push({ file, ...snapshotNotes(notes) })
    } catch (error) {
      if (!(error instanceof SingleshotError)) throw error
      onMessage(`Left out: ${error.message}`)
    }
  }
  return snapshots
}

/** Whether a file name means the same in any address; the page takes no other. */
const isPlain = (name: string) => /^[\w-][\w.-]*$/.test(name) && !name.includes('..')

/** A plain name for a file that somebody renamed; the number keeps the order, and names apart. */
function numbered(name: string, i: number): string {
  const stem = name.replace(/\.safetensors$/, '').replaceAll(/[^\w-]+/g, '-')
  return `${String(i + 1).padStart(4, '0')}-${stem}.safetensors`
}

function snapshotNotes(notes: Readonly<Record<string, unknown>>) {
  const number = (key: string) => (typeof notes[key] === 'number' ? notes[key] : null)
  return {
    epoch: number('epoch') ?? 0,
    step: number('step') ?? 0,
    classLoss: number('classLoss'),
    offsetLoss: number('offsetLoss'),
  }
}

async function addPictures(
  files: ExplorerFiles,
  request: PicturesRequest,
): Promise<PageManifestFile['pictures']> {
  const { pictures, dataset } = await collectPictures(request)
  return pictures.map(({ name, bytes, example }) => {
    const file = `pictures/${name}`
    files.set(`data/${file}`, () => Promise.resolve(bytes))
    return {
      file,
      ...example.size,
      objects: example.objects.map(({ classId, difficult, box: { x1, y1, x2, y2 } }) => {
        return { className: dataset.classes[classId]!, box: [x1, y1, x2, y2], difficult }
      }),
    }
  })
}

/** A file that was there when the list was made, read when it is asked for. @throws SingleshotError E_FILE_MISSING */
function reading(file: string): () => Promise<Uint8Array> {
  return () =>
    readFile(file).catch((cause) => {
      const parts = { where: 'explain', rule: 'expected a file that can be read', file, cause }
      throw new SingleshotError('E_FILE_MISSING', { ...parts, got: describeError(cause) })
    })
}

const MANIFEST = 'data/manifest.json'

/** What the built page comes with; a page that was built without a model has none. */
async function shippedManifest(files: ExplorerFiles): Promise<PageManifest> {
  const bytes = await files.get(MANIFEST)?.()
  if (bytes === undefined) return EMPTY_MANIFEST
  return readPageManifest(JSON.parse(new TextDecoder().decode(bytes)))
}

function addManifest(files: ExplorerFiles, manifest: PageManifestFile): void {
  // Without what the page does not draw.
  const written = `${JSON.stringify(pageManifestSchema.parse(manifest), null, 2)}\n`
  const bytes = new TextEncoder().encode(written)
  files.set(MANIFEST, () => Promise.resolve(bytes))
}
