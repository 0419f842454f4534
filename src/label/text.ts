/** @file The texts that labels are kept in: JSON, CSV and YAML, each read by a library and refused in our words. */
import Papa from 'papaparse'
import { parseDocument } from 'yaml'
import { describeError } from '../error/singleshot-error.ts'
import { labelFault } from './label-fault.ts'
import type { FileTree } from './labels.ts'

/** The text of a file, in UTF-8, or in UTF-16 where a mark says so. */
export async function readText(tree: FileTree, path: string): Promise<string> {
  const bytes = await tree.read(path)
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe
  return new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(bytes)
}

/** The value of a JSON file. @throws SingleshotError E_LABELS */
export async function readJson(tree: FileTree, path: string): Promise<unknown> {
  const text = await readText(tree, path)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw labelFault({ rule: 'expected JSON', got: describeError(error), file: path })
  }
}

/** A JSON value as an object; an empty one if it is none. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}

/** A JSON value as a list; an empty one if it is none. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** A table by its lines, each a record by the names of its columns. */
export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly Readonly<Record<string, string>>[]
}

/** The rows of a CSV file with a line of names on top. @throws SingleshotError E_LABELS */
export async function readCsv(tree: FileTree, path: string): Promise<Table> {
  return parseCsv(await readText(tree, path))
}

/** The rows of CSV text. Commas, semicolons or tabs may stand between cells. Of two columns of one name the first counts. */
export function parseCsv(text: string): Table {
  const { data } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), { skipEmptyLines: 'greedy' })
  const columns = (data[0] ?? []).map((name) => name.trim())
  const rows = data.slice(1).map((cells) => {
    const row: Record<string, string> = Object.create(null)
    for (const [i, column] of columns.entries())
      if (!(column in row) && cells[i] !== undefined) row[column] = cells[i]
    return row
  })
  return { columns, rows }
}

/** CSV text. */
export function formatCsv(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return `${Papa.unparse({ fields: [...columns], data: rows.map((row) => [...row]) }, { newline: '\n' })}\n`
}

/** Times that a YAML alias may be repeated: a few lines of them can be made to fill the memory. */
const MOST_ALIASES = 20

/** The value of a YAML file. @throws SingleshotError E_LABELS */
export async function readYaml(tree: FileTree, path: string): Promise<unknown> {
  const text = await readText(tree, path)
  try {
    const document = parseDocument(text, { logLevel: 'error' })
    if (document.errors[0] !== undefined) throw document.errors[0]
    return document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch (error) {
    throw labelFault({ rule: 'expected YAML', got: describeError(error), file: path })
  }
}
