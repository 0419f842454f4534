/** @file Open Images CSV: a line per object, shares of the picture's sides; classes are codes that a second table names. */
import { classNameOf, numberOf } from '../label-fault.ts'
import type { FileTree, LabelFormat, LabelIndex, LabelledObject } from '../labels.ts'
import { baseOf, extensionOf, splitOf, withoutExtension } from '../paths.ts'
import { entriesOf, type TableRow, tablesWith } from '../tables.ts'
import { formatCsv, parseCsv, readText } from '../text.ts'

const COLUMNS = [
  ...['ImageID', 'Source', 'LabelName', 'Confidence', 'XMin', 'XMax', 'YMin', 'YMax'],
  ...['IsOccluded', 'IsTruncated', 'IsGroupOf', 'IsDepiction', 'IsInside'],
]
const NEEDED = ['ImageID', 'LabelName', 'XMin', 'XMax', 'YMin', 'YMax']

/** Open Images. */
export const openImagesFormat: LabelFormat = {
  name: 'open-images',
  title: 'Open Images CSV',
  holds: ['crowd', 'splits'],
  async recognise(tree) {
    const [path] = await tablesWith(tree, NEEDED)
    return path === undefined ? undefined : `${path} has the columns ${NEEDED.join(', ')}`
  },
  async read(tree): Promise<LabelIndex> {
    const names = await readDescriptions(tree)
    const entries = []
    const splits = new Map<string, string[]>()
    for (const file of await tablesWith(tree, NEEDED)) {
      const object = (row: TableRow, number: number) => readRow(row, number, { file, names })
      const found = await entriesOf(tree, file, { picture: 'ImageID', unit: 'shares', object })
      entries.push(...found)
      const split = splitOfFile(file)
      if (split !== undefined)
        splits.set(split, [...(splits.get(split) ?? []), ...found.map(({ id }) => id)])
    }
    return { entries, ...(splits.size > 0 && { splits }) }
  },
  placeOf: ({ id, extension }) => `images/${id}${extension}`,
  *write({ classes, pictures }) {
    yield [
      'class-descriptions-boxable.csv',
      formatCsv(
        ['LabelName', 'DisplayName'],
        classes.map((name, i) => [codeOf(i), name]),
      ),
    ]
    for (const split of new Set(pictures.map((picture) => picture.split))) {
      const rows = pictures
        .filter((picture) => picture.split === split)
        .flatMap(({ id, size: { width, height }, objects }) =>
          objects.map(({ className, box, crowd }) => [
            ...[id, 'xclick', codeOf(classes.indexOf(className)), 1],
            ...[box.x1 / width, box.x2 / width, box.y1 / height, box.y2 / height].map(share),
            ...[0, 0, crowd === true ? 1 : 0, 0, 0],
          ]),
        )
      yield [`${split ?? 'all'}-annotations-bbox.csv`, formatCsv(COLUMNS, rows)]
    }
  },
}

const codeOf = (i: number) => `/x/${i}`
const share = (value: number) => Number(value.toFixed(9))

/** `train-annotations-bbox.csv`, `validation-annotations-bbox.csv`. */
function splitOfFile(file: string): string | undefined {
  const word = /(^|[-_])(train|validation|val|test)(?=[-_.]|$)/i.exec(
    baseOf(withoutExtension(file)),
  )?.[2]
  return word?.toLowerCase().replace('validation', 'val') ?? splitOf(file)
}

/** Names by code: two columns, with or without a line of names. */
async function readDescriptions(tree: FileTree): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const path of tree.files.filter(
    (file) => /class-?_?desc.*\.csv$/i.test(baseOf(file)) && extensionOf(file) === '.csv',
  )) {
    const { rows } = parseCsv(`code,name\n${await readText(tree, path)}`)
    for (const { code = '', name = '' } of rows) if (code.startsWith('/')) names.set(code, name)
  }
  return names
}

function readRow(
  row: TableRow,
  number: number,
  { file, names }: { readonly file: string; readonly names: ReadonlyMap<string, string> },
): LabelledObject {
  const origin = { file, object: `line ${number}` }
  const value = (column: string) => numberOf(row[column], column, origin)
  const code = row.LabelName ?? ''
  return {
    number,
    className: classNameOf(names.get(code) ?? code, origin),
    box: { x1: value('XMin'), y1: value('YMin'), x2: value('XMax'), y2: value('YMax') },
    ...(row.IsGroupOf === '1' && { crowd: true }),
  }
}
