/** @file The checkpoint and the best model of a run, as files: written with a checksum, and read back suspiciously. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { checkOptions } from '../../check/check-options.ts'
import type { ModelConfig } from '../../config/model.ts'
import { SingleshotError } from '../../error/singleshot-error.ts'
import type { Floats, Shape } from '../../graph/tensor.ts'
import { type Best, bestSchema, type RunRecord, recordSchema } from '../../train/record.ts'
import type { TrainingState } from '../../train/state.ts'
import { readCheckpoint, writeCheckpoint } from '../../weights/checkpoint.ts'
import type { Model, ReadModelOptions } from '../../weights/model-file.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { codeOf } from '../files/write-error.ts'
import { BEST_FILE, LAST_FILE } from '../model.ts'
import { runError } from './run-error.ts'

/** A model to save. */
export interface Saved {
  readonly model: ModelConfig
  readonly weights: ReadonlyMap<string, Floats>
  readonly shapes: ReadonlyMap<string, Shape>
  /** Passes over the data done. */
  readonly epoch: number
}

/** Writes the checkpoint with the record of the run. @throws SingleshotError E_WRITE */
export function saveLast(run: string, saved: Saved, record: RunRecord): Promise<void> {
  return save(join(run, LAST_FILE), saved, { step: record.step, record })
}

/** Writes the best model with its scores. @throws SingleshotError E_WRITE */
export function saveBest(run: string, saved: Saved, best: Best): Promise<void> {
  return save(join(run, BEST_FILE), saved, best)
}

async function save(
  path: string,
  { model, weights, shapes, epoch }: Saved,
  notes: Record<string, unknown>,
): Promise<void> {
  const bytes = writeCheckpoint({ config: model, weights, notes: { epoch, ...notes } }, shapes)
  await writeFileAtomic(path, bytes)
}

/** What a checkpoint holds. */
export interface LastCheckpoint {
  readonly state: TrainingState
  readonly record: RunRecord
  readonly file: string
}

/**
 * Reads the checkpoint of a run.
 * @param model the network that config.json describes
 * @throws SingleshotError E_MODEL_MISSING without a checkpoint; E_RUN when it is damaged, of another network, or of a
 * version that wrote no record
 */
export async function readLast(
  run: string,
  model: ModelConfig,
  options: ReadModelOptions = {},
): Promise<LastCheckpoint> {
  const file = join(run, LAST_FILE)
  const { config, weights, notes } = await read(file, options)
  const opening = 'expected a checkpoint with the record of its run; '
  const record = checkOptions(recordSchema, notes.record, 'train', { code: 'E_RUN', opening, file })
  if (!isDeepStrictEqual(config, model))
    throw new SingleshotError('E_RUN', {
      where: 'train',
      rule: 'expected a checkpoint of the model that config.json describes',
      got: 'another description',
      file,
    })
  return { state: new Map(weights), record, file }
}

/** When the best model was taken, and its scores; null if it is missing or damaged. */
export async function readBest(run: string): Promise<Best | null> {
  const notes = await read(join(run, BEST_FILE)).then(
    (model) => model.notes,
    () => null,
  )
  return bestSchema.safeParse(notes).data ?? null
}

async function read(file: string, options: ReadModelOptions = {}): Promise<Model> {
  try {
    return readCheckpoint(await readFile(file), file, options)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw noCheckpoint(file)
    throw runError(file, error)
  }
}

/** The error for a run without a checkpoint; it says what to do instead of resuming. */
export function noCheckpoint(file: string): SingleshotError {
  return new SingleshotError('E_MODEL_MISSING', {
    where: 'train',
    rule: 'expected the checkpoint of a run to resume',
    got: 'none',
    file,
    remedy:
      'A run that ended before its first checkpoint begins anew in the same folder: give the same command without --resume.',
  })
}
