/**
 * @file Snapshots: the model as it was along the way, so that one can look back at how it learned. Most is
 * learned early, so they lie closer together there: snapshot i of n is taken at (i / n)² of the run.
 */

import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelConfig } from '../../config/model.ts'
import { elementCount, type Floats, type Shape } from '../../graph/tensor.ts'
import type { EpochReport } from '../../train/report.ts'
import { averagedWeights, type TrainingState } from '../../train/state.ts'
import { writeModel } from '../../weights/model-file.ts'
import { DEFAULT_SNAPSHOTS } from '../defaults.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { removeStrayFiles } from '../files/temporary-files.ts'

/** The folder inside a run folder. */
export const SNAPSHOT_FOLDER = 'snapshots'

/** A network with more weights than this leaves no snapshots unasked: they would fill the disk. */
export const MOST_WEIGHTS_UNASKED = 5_000_000

/** Decides when, and writes. */
export interface Snapshots {
  /** Whether one is due, now that so much of the run (0..1) is done. */
  isDue(progress: number): boolean
  /** Writes one. @throws SingleshotError E_WRITE */
  take(report: EpochReport, state: TrainingState): Promise<void>
  /** How many were due so far. */
  readonly taken: number
}

/** What snapshots need to know. */
export interface SnapshotOptions {
  /** The run folder. */
  readonly run: string
  readonly model: ModelConfig
  /** How many over the whole run; undefined: {@link DEFAULT_SNAPSHOTS} of a small network, none of a large one. */
  readonly snapshots: number | undefined
  /** How many were due in former sessions of the run; default 0. */
  readonly taken?: number
}

/** How many of so many snapshots are due when so much of the run (0..1) is done. */
export function snapshotsDue(progress: number, total = DEFAULT_SNAPSHOTS): number {
  return Math.floor(total * Math.sqrt(progress) + 1e-9)
}

/** Makes the snapshots of a run. */
export function createSnapshots(options: SnapshotOptions): Snapshots {
  const { run, model, snapshots: wanted } = options
  let taken = options.taken ?? 0
  const writeSnapshot = async (report: EpochReport, weights: ReadonlyMap<string, Floats>) => {
    const { step, epoch, losses } = report
    const notes = { step, epoch, ...losses }
    const bytes = writeModel({ config: model, weights, notes }, report.shapes, { half: true })
    await writeFileAtomic(join(run, SNAPSHOT_FOLDER, snapshotName(step)), bytes)
  }
  return {
    get taken() {
      return taken
    },
    isDue: (progress) => snapshotsDue(progress, wanted) > taken,
    take: async (report, state) => {
      const due = snapshotsDue(report.progress, wanted)
      const weights = averagedWeights(state)
      if (wanted !== undefined || countOf(weights, report.shapes) <= MOST_WEIGHTS_UNASKED)
        await writeSnapshot(report, weights)
      taken = due
    },
  }
}

const SNAPSHOT_NAME = /^step-(\d+)\.safetensors$/

/** Removes snapshots of later steps, from before an interruption, and what killed writers left beside them. */
export async function removeSnapshotsBeyond(run: string, step: number): Promise<void> {
  const folder = join(run, SNAPSHOT_FOLDER)
  await removeStrayFiles(folder)
  const names = await readdir(folder).catch(() => [])
  const later = names.filter((name) => Number(SNAPSHOT_NAME.exec(name)?.[1] ?? 0) > step)
  for (const name of later) await rm(join(folder, name), { force: true })
}

/** Sorts by name as by time. */
function snapshotName(step: number): string {
  return `step-${String(step).padStart(7, '0')}.safetensors`
}

function countOf(weights: ReadonlyMap<string, Floats>, shapes: ReadonlyMap<string, Shape>): number {
  return [...weights].reduce(
    (sum, [name, data]) => sum + elementCount(shapes.get(name) ?? [data.length]),
    0,
  )
}
