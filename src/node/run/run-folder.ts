/**
 * @file The folder that a training run leaves:
 *
 *     config.json         everything the run was told, defaults included
 *     metrics.jsonl       one line per epoch: losses, and scores when there is a validation split
 *     last.safetensors    checkpoint: the model, and all that is needed to go on (--resume)
 *     best.safetensors    the model to use
 *     snapshots/          the model along the way, 16-bit, to look back at
 *     curves.svg          the losses and scores as a picture
 *     summary.json        how it ended: steps, epochs, the best score
 *     timing.json         time spent, and the engine's share of it
 *     run.lock            which process is training here; gone when none is
 *
 * Of a run with --epochs, no file but timing.json knows what time it is: two runs of one seed, or a run and one that
 * was interrupted and resumed, can be compared byte for byte.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import type { Timing } from '../../train/report.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { makeFolder } from '../files/make-folder.ts'
import { refuseHeld } from '../files/new-file.ts'
import { codeOf, writeError } from '../files/write-error.ts'

/** File names inside the folder. */
export const RUN_FILES = {
  config: 'config.json',
  metrics: 'metrics.jsonl',
  curves: 'curves.svg',
  summary: 'summary.json',
  timing: 'timing.json',
} as const

/**
 * Makes a new folder for what a command leaves.
 * @param where who asks, for messages @throws SingleshotError E_OUTPUT_EXISTS if it holds anything; E_WRITE
 */
export async function createOutputFolder(folder: string, where: string): Promise<void> {
  refuseHeld(where, folder, await namesIn(folder, where))
  try {
    await makeFolder(folder)
  } catch (cause) {
    throw writeError(where, folder, cause)
  }
}

/** What a folder holds; nothing if it is not there. @throws SingleshotError E_WRITE when it cannot be told */
export async function namesIn(folder: string, where: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return []
    throw writeError(where, folder, cause)
  }
}

/** Writes a JSON file of the folder. @throws SingleshotError E_WRITE */
export async function writeJson(folder: string, name: string, value: unknown): Promise<void> {
  await writeFileAtomic(join(folder, name), `${JSON.stringify(value, null, 2)}\n`)
}

const milliseconds = z.number().min(0)
const timingSchema = z.object({
  seconds: z.number().min(0),
  stepMilliseconds: milliseconds,
  engineMilliseconds: milliseconds,
})

/** Time spent by former sessions; 0 where the file is missing or damaged, for nothing depends on it. */
export async function readTiming(folder: string): Promise<Timing> {
  try {
    return timingSchema.parse(JSON.parse(await readFile(join(folder, RUN_FILES.timing), 'utf8')))
  } catch {
    return { seconds: 0, stepMilliseconds: 0, engineMilliseconds: 0 }
  }
}
