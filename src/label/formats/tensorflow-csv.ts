/** @file The CSV of TensorFlow's object detection tutorials: a line per object, corners in pixels. */
import { classNameOf, numberOf, rounded } from '../label-fault.ts'
import type { LabelFormat, LabelIndex } from '../labels.ts'
import { baseOf, splitOf, withoutExtension } from '../paths.ts'
import { entriesOf, type TableRow, tablesWith } from '../tables.ts'
import { formatCsv } from '../text.ts'

const COLUMNS = ['filename', 'width', 'height', 'class', 'xmin', 'ymin', 'xmax', 'ymax'] as const
const NEEDED = ['filename', 'class', 'xmin', 'ymin', 'xmax', 'ymax'] as const

/** TensorFlow's CSV. */
export const tensorflowCsvFormat: LabelFormat = {
  name: 'tensorflow-csv',
  title: 'TensorFlow CSV',
  holds: ['splits'],
  async recognise(tree) {
    const [path] = await tablesWith(tree, NEEDED)
    return path === undefined ? undefined : `${path} has the columns ${NEEDED.join(', ')}`
  },
  async read(tree): Promise<LabelIndex> {
    const entries = []
    const splits = new Map<string, string[]>()
    for (const file of await tablesWith(tree, NEEDED)) {
      const found = await entriesOf(tree, file, {
        picture: 'filename',
        unit: 'pixels',
        object: readRow,
      })
      entries.push(...found)
      const split = splitOfFile(file)
      if (split !== undefined)
        splits.set(split, [...(splits.get(split) ?? []), ...found.map(({ id }) => id)])
    }
    return { entries, ...(splits.size > 0 && { splits }) }
  },
  placeOf: ({ id, extension }) => `images/${id}${extension}`,
  *write({ pictures }) {
    for (const split of new Set(pictures.map((picture) => picture.split))) {
      const rows = pictures
        .filter((picture) => picture.split === split)
        .flatMap((picture) =>
          picture.objects.map(({ className, box }) => [
            tensorflowCsvFormat.placeOf(picture),
            picture.size.width,
            picture.size.height,
            className,
            ...[box.x1, box.y1, box.x2, box.y2].map(rounded),
          ]),
        )
      yield [split === undefined ? 'labels.csv' : `${split}_labels.csv`, formatCsv(COLUMNS, rows)]
    }
  },
}

/** `train_labels.csv`, `train.csv`, `train/labels.csv`. */
function splitOfFile(file: string): string | undefined {
  const word = /^(train|val|valid|test|trainval)(?=[-_.]|$)/i.exec(
    baseOf(withoutExtension(file)),
  )?.[1]
  return word?.toLowerCase() ?? splitOf(file)
}

function readRow(row: TableRow, number: number, file: string) {
  const origin = { file, object: `line ${number}` }
  // A picture without objects has a line without a box.
  if (NEEDED.slice(1).every((column) => (row[column] ?? '').trim() === '')) return undefined
  const [x1, y1, x2, y2] = (['xmin', 'ymin', 'xmax', 'ymax'] as const).map((column) =>
    numberOf(row[column], column, origin),
  )
  return {
    number,
    className: classNameOf(row.class, origin),
    box: { x1: x1!, y1: y1!, x2: x2!, y2: y2! },
  }
}
