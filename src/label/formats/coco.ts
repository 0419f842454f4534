/**
 * @file COCO JSON: one file with the lists `images`, `annotations` and `categories`, which refer to one another by id.
 * Ids may be sparse, and numbers in one list and texts in the other. Boxes are [left, top, width, height] in pixels.
 */

import { classNameOf, eachObject, labelFault, rounded } from '../label-fault.ts'
import type {
  FileTree,
  LabelEntry,
  LabelFormat,
  LabelIndex,
  LabelledPicture,
  LabelSet,
  WrittenPicture,
} from '../labels.ts'
import { baseOf, folderOf, nearTop, plainPath, splitOf, withoutExtension } from '../paths.ts'
import { sizeOf } from '../size.ts'
import { listOf, readJson, recordOf } from '../text.ts'
import { readMark } from './coco-mark.ts'

type Json = Readonly<Record<string, unknown>>

async function isCoco(tree: FileTree, path: string): Promise<boolean> {
  const { head, tail } = await tree.peek(path)
  const text = head + tail
  return (
    /^\s*\{/.test(head.replace(/^\ufeff/, '')) &&
    /"(images|categories)"\s*:\s*\[/.test(text) &&
    /"(annotations|categories)"\s*:\s*\[/.test(text) &&
    /"(file_name|image_id|supercategory)"\s*:/.test(text)
  )
}

async function cocoFiles(tree: FileTree): Promise<string[]> {
  const found: string[] = []
  for (const path of nearTop(tree.files, '.json')) if (await isCoco(tree, path)) found.push(path)
  return found
}

/** COCO. */
export const cocoFormat: LabelFormat = {
  name: 'coco',
  title: 'COCO JSON',
  holds: ['crowd', 'outline', 'attributes', 'empty pictures', 'unused classes', 'splits'],
  async recognise(tree) {
    const [path] = await cocoFiles(tree)
    return path === undefined ? undefined : `${path} lists images, annotations and categories`
  },
  async read(tree): Promise<LabelIndex> {
    const files = await cocoFiles(tree)
    const parts: Part[] = []
    for (const file of files) parts.push(readPart(recordOf(await readJson(tree, file)), file))
    const classes = [...new Set(parts.flatMap((part) => part.classes))]
    const splits = new Map(
      parts.flatMap(({ split, entries }) =>
        split === undefined ? [] : [[split, entries.map(({ id }) => id)] as const],
      ),
    )
    const entries = parts.flatMap((part) => part.entries)
    const notes = parts.flatMap((part) => part.notes)
    return { entries, classes, notes, ...(splits.size > 0 && { splits }) }
  },
  placeOf: ({ id, extension, split }) =>
    `images/${split === undefined ? '' : `${split}/`}${id}${extension}`,
  *write(set) {
    const bySplit = new Map<string | undefined, WrittenPicture[]>()
    for (const picture of set.pictures)
      bySplit.set(picture.split, [...(bySplit.get(picture.split) ?? []), picture])
    for (const [split, pictures] of bySplit) {
      const path = `annotations/instances_${split ?? 'default'}.json`
      yield [path, `${JSON.stringify(writePart({ ...set, pictures }))}\n`]
    }
  },
}

interface Part {
  readonly classes: readonly string[]
  readonly split: string | undefined
  readonly entries: readonly LabelEntry[]
  readonly notes: readonly string[]
}

/** `instances_train2017.json`, `train/_annotations.coco.json`, `train.json`: the split that a file is named after. */
function splitOfFile(file: string): string | undefined {
  const folder = splitOf(file)
  if (folder !== undefined) return folder
  const name = baseOf(withoutExtension(file)).replace(/^(instances|person_keypoints|labels)_/, '')
  return /^(train|val|valid|test|minival|trainval)(\d*|[-_].*)$/i.test(name) ? name : undefined
}

function readPart(json: Json, file: string): Part {
  const names = new Map<string, string>()
  const categories = listOf(json.categories).map(recordOf)
  for (const [i, { id, name }] of sortedById(categories).entries())
    names.set(String(id), classNameOf(name, { file, object: `category ${i + 1}` }))
  const marks = new Map<string, Json[]>()
  let orphans = 0
  const images = listOf(json.images).map(recordOf)
  const known = new Set(images.map(({ id }) => String(id)))
  for (const annotation of listOf(json.annotations).map(recordOf)) {
    const key = String(annotation.image_id)
    if (!known.has(key)) orphans += 1
    const list = marks.get(key)
    if (list === undefined) marks.set(key, [annotation])
    else list.push(annotation)
  }
  const entries = images.map((image, i) => readImage(image, i, { file, names, marks }))
  const notes = orphans === 0 ? [] : [`${file}: ${orphans} annotations belong to no image`]
  return { classes: [...names.values()], split: splitOfFile(file), entries, notes }
}

const sortedById = (records: readonly Json[]) =>
  records.toSorted((a, b) => Number(a.id) - Number(b.id) || 0)

interface Context {
  readonly file: string
  readonly names: ReadonlyMap<string, string>
  readonly marks: ReadonlyMap<string, readonly Json[]>
}

function readImage(image: Json, i: number, { file, names, marks }: Context): LabelEntry {
  const name = typeof image.file_name === 'string' ? plainPath(image.file_name) : undefined
  const folder = folderOf(file)
  const path = name === undefined ? `image ${i + 1}` : `${folder === '' ? '' : `${folder}/`}${name}`
  return {
    id: withoutExtension(path),
    file,
    load: async (): Promise<LabelledPicture> => {
      const origin = { file, object: `image ${String(image.id ?? i + 1)}` }
      if (name === undefined)
        throw labelFault({ rule: 'expected a file_name', got: image.file_name, ...origin })
      const size = sizeOf(image.width, image.height)
      const read = (mark: Json, number: number) =>
        readMark(mark, number, {
          names,
          size,
          origin: { file, object: `${name}, object ${number}` },
        })
      const { objects, faults } = eachObject(marks.get(String(image.id)) ?? [], read)
      return { picture: name, size, unit: 'pixels', objects, faults }
    },
  }
}

function writePart({ classes, pictures }: LabelSet) {
  const ids = imageIds(pictures)
  let next = 1
  return {
    info: { description: 'written by singleshot' },
    images: pictures.map(({ id, extension, size }, i) => ({
      id: ids[i],
      file_name: `${id}${extension}`,
      width: size.width,
      height: size.height,
    })),
    annotations: pictures.flatMap(({ objects }, i) =>
      objects.map(({ className, box, crowd, outline, attributes }) => {
        const [width, height] = [box.x2 - box.x1, box.y2 - box.y1]
        return {
          id: next++,
          image_id: ids[i],
          category_id: classes.indexOf(className) + 1,
          bbox: [box.x1, box.y1, width, height].map(rounded),
          area: rounded(width * height),
          iscrowd: crowd === true ? 1 : 0,
          segmentation: outline === undefined ? [] : [outline.map(rounded)],
          ...(attributes !== undefined && { attributes }),
        }
      }),
    ),
    categories: classes.map((name, i) => ({ id: i + 1, name, supercategory: '' })),
  }
}

/** Numbers of pictures: those that their names are, where all are numbers, as COCO's own are; else 1, 2, 3, ... */
function imageIds(pictures: readonly WrittenPicture[]): number[] {
  const own = pictures.map(({ id }) => (/^\d{1,15}$/.test(baseOf(id)) ? Number(baseOf(id)) : -1))
  const good = own.every((id) => id >= 0) && new Set(own).size === own.length
  return good ? own : pictures.map((_, i) => i + 1)
}
