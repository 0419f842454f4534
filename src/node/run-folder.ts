/**
 * @file The folder that a training run leaves:
 *
 *     config.json         everything the run was told, defaults included
 *     metrics.jsonl       one line an epoch: losses, and scores when there is a validation split; no times,
 *                         so that two runs of one seed can be compared byte for byte
 *     last.safetensors    checkpoint: the model, and all that is needed to go on (--resume)
 *     best.safetensors    the model to use
 *     snapshots/          the model along the way, 16-bit, to look back at
 *     curves.svg          the losses and scores as a picture
 *     summary.json        how it ended: steps, time, the engine's share of it
 */
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SingleshotError } from '../error/singleshot-error.ts'
import type { Losses } from '../train/report.ts'
import { writeFileAtomic } from './atomic-write.ts'

/** One line of metrics.jsonl. */
export interface MetricsLine extends Losses {
  readonly epoch: number
  readonly step: number
  readonly learningRate: number
  /** On the validation split, every-point AP at IoU .5; null where it was not measured. */
  readonly mAP50: number | null
  /** The mean over ten IoU thresholds. */
  readonly AP: number | null
}

/** File names inside the folder. */
export const RUN_FILES = {
  config: 'config.json',
  metrics: 'metrics.jsonl',
  curves: 'curves.svg',
  summary: 'summary.json',
} as const

/**
 * Makes a new folder for what a command leaves.
 * @param where who asks, for messages @throws SingleshotError E_OUTPUT_EXISTS if it holds anything; E_WRITE
 */
export async function createOutputFolder(folder: string, where: string): Promise<void> {
  const held = await readdir(folder).catch(() => [])
  if (held.length > 0)
    throw new SingleshotError('E_OUTPUT_EXISTS', {
      where,
      rule: 'expected an output folder that is new or empty; nothing was overwritten',
      got: held.slice(0, 3),
      file: folder,
    })
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    throw new SingleshotError('E_WRITE', {
      where,
      rule: 'expected to be able to make the output folder',
      got: (error as Error).message,
      file: folder,
      cause: error,
    })
  }
}

/** Writes a JSON file of the folder. @throws SingleshotError E_WRITE */
export async function writeJson(folder: string, name: string, value: unknown): Promise<void> {
  await writeFileAtomic(join(folder, name), `${JSON.stringify(value, null, 2)}\n`)
}

/** Writes all metrics; the whole file each time, so that it never ends in half a line. @throws E_WRITE */
export async function writeMetrics(folder: string, lines: readonly MetricsLine[]): Promise<void> {
  await writeFileAtomic(
    join(folder, RUN_FILES.metrics),
    lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  )
}

/** The metrics written so far; none if there is no such file yet. */
export async function readMetrics(folder: string): Promise<MetricsLine[]> {
  const text = await readFile(join(folder, RUN_FILES.metrics), 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as MetricsLine)
}
