/**
 * @file YOLO text: a file per picture, a line per object: class number, then centre and size of its box, or the corners of
 * its outline, as shares of the picture's sides. Names, and often splits, stand in a data.yaml (Ultralytics, Roboflow), or
 * in classes.txt, obj.names or the like (darknet).
 */
import {
  boxAround,
  boxFrom,
  classNameOf,
  eachObject,
  labelFault,
  numberOf,
} from '../label-fault.ts'
import type {
  FileTree,
  LabelEntry,
  LabelFormat,
  LabelIndex,
  LabelledObject,
  WrittenPicture,
} from '../labels.ts'
import { baseOf, extensionOf, isPicture, splitsByFolder, withoutExtension } from '../paths.ts'
import { readText, readYaml, recordOf } from '../text.ts'
import { splitsOf, type Yaml } from './yolo-splits.ts'

/** `7 0.5 0.5 0.2 0.1`, and more numbers for an outline. */
const LINE = /^\s*\d+(\.0+)?(\s+[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?){4,}\s*$/i

/** Lists of class names, one per line. */
const NAME_LISTS = [
  'classes.txt',
  'obj.names',
  '_darknet.labels',
  'labels.txt',
  'predefined_classes.txt',
]

const isNameList = (path: string) =>
  NAME_LISTS.includes(baseOf(path).toLowerCase()) || extensionOf(path) === '.names'

/** Files that are looked at before giving up: empty ones say nothing. */
const LOOKED_AT = 50

/** YOLO. */
export const yoloFormat: LabelFormat = {
  name: 'yolo',
  title: 'YOLO text',
  holds: ['outline', 'empty pictures', 'unused classes', 'splits'],
  async recognise(tree) {
    const labels = labelFiles(tree)
    const yaml = await findYaml(tree)
    if (yaml !== undefined && labels.size > 0) return `${yaml.path} names classes`
    for (const path of [...labels.values()].slice(0, LOOKED_AT)) {
      const [line = ''] = (await tree.peek(path)).head.trim().split(/\r?\n/)
      if (line !== '') return LINE.test(line) ? `${path} has lines of a class and a box` : undefined
    }
    return undefined
  },
  async read(tree): Promise<LabelIndex> {
    const yaml = await findYaml(tree)
    const classes = yaml === undefined ? await readNames(tree) : namesOf(yaml)
    const entries = [...labelFiles(tree)].map(
      ([picture, file]): LabelEntry => ({
        id: withoutExtension(picture),
        file,
        load: async () => {
          const lines = (await readText(tree, file)).split(/\r?\n/)
          const read = (line: string, number: number) => readLine(line, number, { file, classes })
          const { objects, faults } = eachObject(
            lines.filter((line) => line.trim() !== ''),
            read,
          )
          return { picture, unit: 'shares', objects, faults }
        },
      }),
    )
    const splits = (yaml && (await splitsOf(tree, yaml, entries))) ?? splitsByFolder(entries)
    const notes =
      classes === undefined
        ? ['No list of class names was found: classes are called by their numbers.']
        : []
    return { entries, classes, splits, notes }
  },
  placeOf: ({ id, extension, split }) => `images/${folder(split)}${id}${extension}`,
  *write({ classes, pictures }) {
    const splits = [...new Set(pictures.map(({ split }) => split))]
    yield ['data.yaml', dataYaml(classes, splits)]
    for (const picture of pictures)
      yield [`labels/${folder(picture.split)}${picture.id}.txt`, writeLines(picture, classes)]
  },
}

const folder = (split: string | undefined) => (split === undefined ? '' : `${split}/`)

/** Label files by their pictures: beside them, or in `labels` where the pictures are in `images`. */
function labelFiles(tree: FileTree): Map<string, string> {
  const texts = new Map(
    tree.files
      .filter((path) => extensionOf(path) === '.txt' && !isNameList(path))
      .map((path) => [withoutExtension(path), path]),
  )
  const found = new Map<string, string>()
  for (const picture of tree.files.filter(isPicture)) {
    const stem = withoutExtension(picture)
    const elsewhere = stem.replace(/(^|\/)images(?=\/)/i, (_, before: string) => `${before}labels`)
    const file = texts.get(elsewhere) ?? texts.get(stem)
    if (file !== undefined) found.set(picture, file)
  }
  return found
}

async function findYaml(tree: FileTree): Promise<Yaml | undefined> {
  for (const path of tree.files.filter((file) => ['.yaml', '.yml'].includes(extensionOf(file)))) {
    if (!/^names\s*:/m.test((await tree.peek(path)).head)) continue
    return { path, content: recordOf(await readYaml(tree, path)) }
  }
  return undefined
}

/** `names: [a, b]`, or `names: { 0: a, 1: b }`. */
function namesOf({ path, content: { names } }: Yaml): string[] {
  const origin = { file: path, object: 'names' }
  if (Array.isArray(names)) return names.map((name) => classNameOf(name, origin))
  const classes: string[] = []
  for (const [key, name] of Object.entries(recordOf(names)))
    classes[Number(key)] = classNameOf(name, origin)
  for (let i = 0; i < classes.length; i++) classes[i] ??= `class ${i}`
  if (classes.length === 0)
    throw labelFault({ rule: 'expected a list of class names', got: names, ...origin })
  return classes
}

async function readNames(tree: FileTree): Promise<string[] | undefined> {
  const path = tree.files.find(isNameList)
  if (path === undefined) return undefined
  const lines = (await readText(tree, path)).split(/\r?\n/).map((line) => line.trim())
  return lines.filter(Boolean).map((name) => classNameOf(name, { file: path }))
}

function readLine(
  line: string,
  number: number,
  { file, classes }: { readonly file: string; readonly classes: readonly string[] | undefined },
): LabelledObject {
  const origin = { file, object: `line ${number}` }
  const [first = '', ...rest] = line.trim().split(/\s+/)
  const index = numberOf(first, 'the class', origin)
  const className = classes === undefined ? `class ${index}` : classes[index]
  if (className === undefined || !Number.isInteger(index) || index < 0) {
    const rule = `expected a class from 0 to ${(classes?.length ?? 1) - 1}`
    throw labelFault({ rule, got: first, ...origin })
  }
  const values = rest.map((value) => numberOf(value, 'each number', origin))
  // Four numbers are a box, a fifth its score; more are the corners of an outline.
  if (values.length === 4 || values.length === 5) {
    const [x, y, width, height] = values as [number, number, number, number]
    return { number, className, box: boxFrom(x - width / 2, y - height / 2, width, height) }
  }
  if (values.length < 6 || values.length % 2 !== 0) {
    const rule = 'expected a class and four numbers, or the corners of an outline'
    throw labelFault({ rule, got: line, ...origin })
  }
  return { number, className, box: boxAround(values), outline: values }
}

function dataYaml(classes: readonly string[], splits: readonly (string | undefined)[]): string {
  const names = classes.map((name, i) => `  ${i}: ${JSON.stringify(name)}`)
  const known = splits.filter((split) => split !== undefined)
  const places = known.map((split) => `${split}: images/${split}`)
  // Programs that train ask for both.
  if (known.length === 0) places.push('train: images', 'val: images')
  return `path: .\n${places.join('\n')}\nnames:\n${names.join('\n')}\n`
}

/** Digits behind the point: a thousandth of a pixel in a picture of a million. */
const SHARE_DIGITS = 9

function writeLines({ size, objects }: WrittenPicture, classes: readonly string[]): string {
  const { width, height } = size
  const share = (value: number) => String(Number(value.toFixed(SHARE_DIGITS)))
  return objects
    .map(({ className, box, outline }) => {
      const numbers =
        outline === undefined
          ? [
              (box.x1 + box.x2) / 2 / width,
              (box.y1 + box.y2) / 2 / height,
              (box.x2 - box.x1) / width,
              (box.y2 - box.y1) / height,
            ]
          : outline.map((value, i) => value / (i % 2 === 0 ? width : height))
      return `${classes.indexOf(className)} ${numbers.map(share).join(' ')}\n`
    })
    .join('')
}
