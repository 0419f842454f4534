/** @file Taking a folder for a new run, and giving it back if nothing came of it. */
import { rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type RunConfig, readRunConfig } from '../run/run-config.ts'
import { namesIn, RUN_FILES, writeJson } from '../run/run-folder.ts'
import { isLockFile, lockRun, refuseBusy } from '../run/run-lock.ts'
import { makeFolder } from './make-folder.ts'
import { refuseHeld } from './new-file.ts'
import { isTemporary, removeStrayFiles } from './temporary-files.ts'
import { writeError } from './write-error.ts'

const REMEDY = 'Choose another --out; a run goes on with --resume.'

/** A folder that belongs to a new run. */
export interface ClaimedFolder {
  /** Lets others train there. */
  release(): Promise<void>
  /** Removes everything, for a run that failed before its first checkpoint; then the folder can be used again. */
  abandon(): Promise<void>
}

/**
 * Refuses a folder that cannot become a new run's. One in which a run was killed before its first checkpoint can: it
 * holds nothing but that run's config and lock.
 * @throws SingleshotError E_OUTPUT_EXISTS if it holds anything else; E_RUN_BUSY; E_WRITE
 */
export async function checkRunFolder(folder: string): Promise<void> {
  const foreign = await foreignIn(folder)
  await refuseBusy(folder)
  refuseHeld('train', folder, foreign, REMEDY)
}

/** What a folder holds beside the traces of a run that never had a checkpoint. */
async function foreignIn(folder: string): Promise<string[]> {
  const held = await namesIn(folder, 'train')
  const others = held.filter((name) => !isLockFile(name) && !isTemporary(name))
  const unbegun = others.length === 1 && others[0] === RUN_FILES.config
  // A config.json of another program must not be overwritten.
  return unbegun && (await isRunConfig(folder)) ? [] : others
}

const isRunConfig = (folder: string) =>
  readRunConfig(folder).then(
    () => true,
    () => false,
  )

/**
 * Makes the folder of a new run, locks it and writes its config.
 * @throws SingleshotError as {@link checkRunFolder}
 */
export async function claimRunFolder(folder: string, config: RunConfig): Promise<ClaimedFolder> {
  await checkRunFolder(folder)
  const existed = (await stat(folder).catch(() => null)) !== null
  await makeFolder(folder).catch((cause) => {
    throw writeError('train', folder, cause)
  })
  const lock = await lockRun(folder)
  const leave = async () => {
    await lock.release()
    // It stays if somebody has put something into it.
    if (!existed) await rmdir(folder).catch(() => undefined)
  }
  try {
    // Looked at again under the lock: another run may have come and gone meanwhile.
    refuseHeld('train', folder, await foreignIn(folder), REMEDY)
    await removeStrayFiles(folder)
    await writeJson(folder, RUN_FILES.config, config)
  } catch (error) {
    await leave()
    throw error
  }
  const abandon = async () => {
    await rm(join(folder, RUN_FILES.config), { force: true })
    await leave()
  }
  return { release: () => lock.release(), abandon }
}
