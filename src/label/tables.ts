/** @file Labels that are tables: a line per object, grouped here by picture. */
import { eachObject } from './label-fault.ts'
import type { FileTree, LabelEntry, LabelledObject, LabelUnit } from './labels.ts'
import { folderOf, nearTop, plainPath, withoutExtension } from './paths.ts'
import { sizeOf } from './size.ts'
import { parseCsv, readCsv } from './text.ts'

/** A line by the names of its columns. */
export type TableRow = Readonly<Record<string, string>>

/** How a table is read. */
export interface TableReading {
  /** The column that names the picture. */
  readonly picture: string
  readonly unit: LabelUnit
  /** An object; undefined where a line only says that there is none. */
  readonly object: (row: TableRow, number: number, file: string) => LabelledObject | undefined
}

/** The CSV files that have all of some columns. */
export async function tablesWith(tree: FileTree, columns: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const path of nearTop(tree.files, '.csv')) {
    const { head } = await tree.peek(path)
    const [line = ''] = head.split(/\r?\n/, 1)
    const held = parseCsv(`${line}\n`).columns
    if (columns.every((column) => held.includes(column))) found.push(path)
  }
  return found
}

/** The pictures of a table, in the order in which they first come. */
export async function entriesOf(
  tree: FileTree,
  file: string,
  { picture, unit, object }: TableReading,
): Promise<LabelEntry[]> {
  const { rows } = await readCsv(tree, file)
  const groups = new Map<string, { readonly row: TableRow; readonly line: number }[]>()
  for (const [i, row] of rows.entries()) {
    const name = plainPath(row[picture]?.trim() ?? '')
    const group = groups.get(name)
    // The line of names is the first.
    const item = { row, line: i + 2 }
    if (group === undefined) groups.set(name, [item])
    else group.push(item)
  }
  const folder = folderOf(file)
  return [...groups].map(([name, group]) => ({
    id: withoutExtension(folder === '' ? name : `${folder}/${name}`),
    file,
    load: async () => {
      const { row } = group[0]!
      const read = (item: (typeof group)[number]) => object(item.row, item.line, file)
      const found = eachObject(group, read)
      return { picture: name, size: sizeOf(row.width, row.height), unit, ...found }
    },
  }))
}
