/**
 * @file A mended copy of labelled pictures: what is certainly wrong is left out, and every change is listed. The original
 * is never touched.
 */
import { join, relative } from 'node:path'
import type { DataFinding } from '../../doctor/data-finding.ts'
import { formatOf } from '../../label/formats.ts'
import type { LabelSet } from '../../label/labels.ts'
import { refuseFilled, writeNewFile } from '../files/new-file.ts'
import type { DoctorReport, DoctorRequest } from './doctor.ts'
import { openFolder } from './file-tree.ts'
import { type LabelledDataset, readLabelledDataset } from './read-labels.ts'
import { labelSetOf, writeLabels } from './write-labels.ts'

/** What to mend. */
export interface MendRequest extends Pick<DoctorRequest, 'data' | 'format' | 'signal'> {
  /** What was found there. */
  readonly report: DoctorReport
  /** The folder to make; new or empty. */
  readonly out: string
}

/** Something that is otherwise in the copy. */
export interface DataChange extends DataFinding {
  readonly change: 'object left out' | 'picture left out'
}

/** What was written. */
export interface MendResult {
  readonly out: string
  readonly pictures: number
  readonly changes: readonly DataChange[]
}

/** Findings of pictures that the copy goes without: each is there once more. */
const SECOND = ['picture-twice', 'picture-leaks', 'labels-differ'] as const

/** Findings of single objects: the reader leaves those out alone. */
const OBJECTS = ['box-empty', 'box-twice'] as const

/**
 * Writes a mended copy, in the format of the original.
 * @throws SingleshotError as opening the data; E_OUTPUT_EXISTS, E_WRITE; the signal's reason
 */
export async function mendData({ data, report, out, signal }: MendRequest): Promise<MendResult> {
  await refuseFilled('doctor', out)
  const tree = await openFolder(data)
  const format = formatOf(report.format)
  const source = await readLabelledDataset(tree, data, { format }, { signal })
  const dropped = new Set(filesOf(report.findings, SECOND))
  const { set, sources } = without(source, (imagePath) => dropped.has(relative(data, imagePath)))
  await writeLabels(set, format, { out, sources, where: 'doctor', signal })
  const changes = changesOf(report.findings, source, data)
  await writeNewFile(join(out, 'changes.json'), `${JSON.stringify(changes, null, 2)}\n`, {
    where: 'doctor',
  })
  return { out, pictures: set.pictures.length, changes }
}

const filesOf = (findings: readonly DataFinding[], codes: readonly string[]) =>
  findings.flatMap(({ code, file }) => (codes.includes(code) && file !== undefined ? [file] : []))

function without(
  source: LabelledDataset,
  isDropped: (imagePath: string) => boolean,
): { set: LabelSet; sources: string[] } {
  const whole = labelSetOf(source)
  const { examples } = source.dataset
  const kept = examples.map(({ imagePath }) => !isDropped(imagePath))
  const pictures = whole.pictures.filter((_, i) => kept[i])
  return {
    set: { ...whole, pictures },
    sources: examples.flatMap(({ imagePath }, i) => (kept[i] ? [imagePath] : [])),
  }
}

/** What the copy lacks, and why. */
function changesOf(
  findings: readonly DataFinding[],
  { dataset }: LabelledDataset,
  data: string,
): DataChange[] {
  const codes: readonly string[] = OBJECTS
  const seconds: readonly string[] = SECOND
  const leftOut = new Set(dataset.problems.map(({ parts }) => relativeTo(data, parts.file)))
  return findings.flatMap((finding): DataChange[] => {
    if (codes.includes(finding.code)) return [{ ...finding, change: 'object left out' }]
    const gone = seconds.includes(finding.code) || leftOut.has(finding.file ?? '')
    return gone ? [{ ...finding, change: 'picture left out' }] : []
  })
}

const relativeTo = (data: string, file = '') =>
  file.startsWith(data) ? relative(data, file) : file
