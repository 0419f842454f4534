/**
 * @file The explorer as a list of files: the built page, and beside it a manifest with a model, the history of its
 * training and some labelled pictures. The same list is served or written. The page's end is site/src/manifest/.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Example } from '../dataset/dataset.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { openData } from './data.ts'
import { readMetrics } from './metrics.ts'
import { BEST_FILE, LAST_FILE, readModelFile } from './model.ts'
import { SNAPSHOT_FOLDER } from './snapshots.ts'
import { encodePng } from './write-image.ts'

/** Raised when a page of the former version could no longer read the manifest. */
const MANIFEST_VERSION = 1

/** Pictures that the page offers: enough to look around in, few enough to copy. */
export const MOST_PICTURES = 12

/** Kinds of picture files that every browser reads; others are written anew as PNG. */
const READABLE = ['.jpg', '.jpeg', '.png', '.webp', '.gif']

/** The built page, in the sources as well as in the package. */
const SITE = fileURLToPath(new URL('../../dist/site', import.meta.url))

/** A file by its place under the page's address, e.g. `data/manifest.json`. */
export type ExplorerFiles = Map<string, () => Promise<Uint8Array>>

/** What to put beside the page. */
export interface ExplainOptions {
  /** A run folder or a model file; default: the model that ships with the page. */
  readonly model?: string
  /** Labelled pictures. */
  readonly data?: string
  /** Default 'test'. */
  readonly split?: string
}

/**
 * Collects the files of the explorer.
 * @throws SingleshotError E_FILE_MISSING when the page has not been built; E_MODEL_MISSING; as opening the data
 */
export async function collectExplorer(options: ExplainOptions = {}): Promise<ExplorerFiles> {
  const files = await siteFiles()
  if (options.model === undefined && options.data === undefined) return files
  const shipped = JSON.parse(await readText(files.get('data/manifest.json')))
  const model = options.model === undefined ? {} : await addModel(files, options.model)
  const pictures =
    options.data === undefined ? [] : await addPictures(files, options.data, options.split)
  const name = basename(options.model ?? options.data ?? '')
  addJson(files, 'data/manifest.json', {
    ...shipped,
    ...model,
    version: MANIFEST_VERSION,
    name: name === '' ? 'Model' : name,
    pictures,
  })
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
      .map(
        (path) =>
          [path.slice(SITE.length + 1).replaceAll('\\', '/'), () => readFile(path)] as const,
      ),
  )
}

/** The run's model, its metrics and its snapshots. */
async function addModel(files: ExplorerFiles, model: string) {
  await readModelFile(model) // What is no model should be refused here, not in the page.
  const isRun = (await stat(model)).isDirectory()
  const file = isRun ? join(model, await bestOf(model)) : model
  files.set('data/model.safetensors', () => readFile(file))
  return {
    model: 'model.safetensors',
    metrics: isRun ? await readMetrics(model) : [],
    snapshots: isRun ? await addSnapshots(files, join(model, SNAPSHOT_FOLDER)) : [],
  }
}

/** A run that was cut short before its first validation has only its last model. */
async function bestOf(run: string): Promise<string> {
  return (await readdir(run)).includes(BEST_FILE) ? BEST_FILE : LAST_FILE
}

async function addSnapshots(files: ExplorerFiles, folder: string) {
  const names = (await readdir(folder).catch(() => [])).filter((name) =>
    name.endsWith('.safetensors'),
  )
  return Promise.all(
    names.toSorted().map(async (name) => {
      const file = `snapshots/${name}`
      const path = join(folder, name)
      const { notes } = await readModelFile(path)
      files.set(`data/${file}`, () => readFile(path))
      const number = (key: string) => (typeof notes[key] === 'number' ? notes[key] : null)
      return {
        file,
        epoch: number('epoch') ?? 0,
        step: number('step') ?? 0,
        classLoss: number('classLoss'),
        offsetLoss: number('offsetLoss'),
      }
    }),
  )
}

async function addPictures(files: ExplorerFiles, source: string, split = 'test') {
  const { dataset, readImage } = await openData(source, { split, strict: false })
  return dataset.examples.slice(0, MOST_PICTURES).map((example, i) => {
    const file = `pictures/${pictureName(example, i)}`
    files.set(`data/${file}`, () => pictureBytes(example, readImage))
    return {
      file,
      ...example.size,
      objects: example.objects.map(({ classId, box: { x1, y1, x2, y2 } }) => {
        return { className: dataset.classes[classId]!, box: [x1, y1, x2, y2] }
      }),
    }
  })
}

/** A place and a plain name: other letters may mean something in an address. */
function pictureName({ id, imagePath }: Example, i: number): string {
  const plain = basename(id)
    .replaceAll(/[^\w-]+/g, '-')
    .slice(0, 40)
  const kind = extname(imagePath).toLowerCase()
  return `${String(i + 1).padStart(2, '0')}-${plain}${READABLE.includes(kind) ? kind : '.png'}`
}

async function pictureBytes(
  example: Example,
  readImage: (example: Example) => Promise<Parameters<typeof encodePng>[0]>,
): Promise<Uint8Array> {
  if (READABLE.includes(extname(example.imagePath).toLowerCase()))
    return readFile(example.imagePath)
  return encodePng(await readImage(example))
}

function addJson(files: ExplorerFiles, path: string, value: unknown): void {
  const bytes = new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
  files.set(path, () => Promise.resolve(bytes))
}

async function readText(read: (() => Promise<Uint8Array>) | undefined): Promise<string> {
  return read === undefined ? '{}' : new TextDecoder().decode(await read())
}
