/** @file metrics.jsonl: one line per epoch. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { type MetricsLine, metricsLineSchema, type RunRecord } from '../../train/record.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { codeOf } from '../files/write-error.ts'
import { runError } from './run-error.ts'
import { RUN_FILES } from './run-folder.ts'

/** Writes all metrics; the whole file each time, so that it never ends in half a line. @throws E_WRITE */
export async function writeMetrics(folder: string, lines: readonly MetricsLine[]): Promise<void> {
  await writeFileAtomic(
    join(folder, RUN_FILES.metrics),
    lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  )
}

/** The metrics written so far; none if there is no such file yet. @throws SingleshotError E_RUN naming a damaged line */
export async function readMetrics(folder: string): Promise<MetricsLine[]> {
  const lines = await readLines(folder)
  const broken = lines.indexOf(null)
  if (broken < 0) return lines as MetricsLine[]
  throw new SingleshotError('E_RUN', {
    where: 'readMetrics',
    rule: 'expected a line of metrics',
    got: 'something else',
    file: join(folder, RUN_FILES.metrics),
    object: `line ${broken + 1}`,
    remedy: 'Resume the run, which mends its last line, or delete the file.',
  })
}

/** What is left of a run's metrics, and whether lines are missing. */
export interface RecoveredMetrics {
  readonly lines: MetricsLine[]
  readonly missing: number
}

/**
 * The metrics as the checkpoint knows them: lines of later steps, from before an interruption, are dropped, and the
 * last line, which is written after the checkpoint, is put back if it is missing.
 */
export async function recoverMetrics(
  folder: string,
  { line, lines: count }: Pick<RunRecord, 'line' | 'lines'>,
): Promise<RecoveredMetrics> {
  if (line === null) return { lines: [], missing: 0 }
  const kept: MetricsLine[] = []
  for (const found of await readLines(folder))
    if (found !== null && found.step < line.step && found.step > (kept.at(-1)?.step ?? 0))
      kept.push(found)
  return { lines: [...kept, line], missing: Math.max(0, count - kept.length - 1) }
}

/** Line by line; null stands for what is no line of metrics. */
async function readLines(folder: string): Promise<(MetricsLine | null)[]> {
  const file = join(folder, RUN_FILES.metrics)
  const text = await readFile(file, 'utf8').catch((error) => {
    if (codeOf(error) === 'ENOENT') return ''
    throw runError(file, error)
  })
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map(parseLine)
}

function parseLine(line: string): MetricsLine | null {
  try {
    return metricsLineSchema.parse(JSON.parse(line))
  } catch {
    return null
  }
}
