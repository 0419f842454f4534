/**
 * @file One process at a time in a run folder: whoever trains there holds `run.lock`, which names it.
 *
 * A process that was killed leaves its lock behind. Such a stale lock may be taken over, but two who find it at the
 * same moment must not both succeed. So replacing a stale lock needs a lock of its own (`run.lock.claim`), under which
 * the stale one is read again; that one may be stale too, and is then taken over in the same way.
 */
import { link, readFile, rename, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { SingleshotError } from '../../error/singleshot-error.ts'
import { writeAndFlush } from '../files/atomic-write.ts'
import { temporaryFor } from '../files/temporary-files.ts'
import { codeOf, writeError } from '../files/write-error.ts'
import { isRunning, startOf } from './processes.ts'

/** The lock of a run folder. */
export const LOCK_FILE = 'run.lock'

/** The right to replace a stale lock. */
const claimOf = (path: string) => `${path}.claim`

/** Files that locking may leave in a run folder. */
export const isLockFile = (name: string) => /^run\.lock(\.claim)*$/.test(name)

/** Locks may come and go while one is asked for; whoever still fails after so many tries is told so. */
const TRIES = 10

const holderSchema = z.object({
  pid: z.number().int().positive(),
  host: z.string(),
  /** When the process started (see startOf), so that another one that was given its number is told from it. */
  started: z.string().nullable(),
})
type Holder = z.infer<typeof holderSchema>

/** A lock that is held. */
export interface RunLock {
  /** Gives it back; a lock that is no longer ours stays. */
  release(): Promise<void>
}

/**
 * Takes the lock of a run folder, which must exist.
 * @throws SingleshotError E_RUN_BUSY while another process, or another call in this one, holds it; E_WRITE
 */
export async function lockRun(folder: string): Promise<RunLock> {
  const started = await startOf(process.pid)
  const own = `${JSON.stringify({ pid: process.pid, host: hostname(), started })}\n`
  return take(join(folder, LOCK_FILE), own)
}

/** Refuses a run folder in which another process is training. @throws SingleshotError E_RUN_BUSY */
export async function refuseBusy(folder: string): Promise<void> {
  const path = join(folder, LOCK_FILE)
  const found = await read(path)
  const holder = found === null ? null : parseHolder(found)
  if (found !== null && (await mayStillHold(holder))) throw busy(path, holder)
}

async function take(path: string, own: string): Promise<RunLock> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (await create(path, own)) return { release: () => release(path, own) }
    const found = await read(path)
    if (found === null) continue // It was given back meanwhile.
    const holder = parseHolder(found)
    if (await mayStillHold(holder)) throw busy(path, holder)
    if (await replaceStale(path, found, own)) return { release: () => release(path, own) }
  }
  throw busy(path, null)
}

/** Puts the lock in place unless there is one. It appears whole: nobody can read half of it. */
async function create(path: string, own: string): Promise<boolean> {
  const temporary = temporaryFor(path)
  try {
    await writeAndFlush(temporary, own)
    await link(temporary, path).catch((error) => createPlainly(path, own, error))
    return true
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false
    throw writeError('train', path, cause)
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}

/** For disks without links to files (FAT). */
async function createPlainly(path: string, own: string, error: unknown): Promise<void> {
  if (codeOf(error) === 'EEXIST') throw error
  await writeAndFlush(path, own)
}

async function replaceStale(path: string, stale: string, own: string): Promise<boolean> {
  const claim = await take(claimOf(path), own)
  try {
    if ((await read(path)) !== stale) return false // Another one was quicker.
    const temporary = temporaryFor(path)
    await writeAndFlush(temporary, own)
    await rename(temporary, path)
    return true
  } catch (cause) {
    throw writeError('train', path, cause)
  } finally {
    await claim.release()
  }
}

async function release(path: string, own: string): Promise<void> {
  if ((await read(path).catch(() => null)) === own) await rm(path, { force: true })
}

/** The lock's text; null if there is none. */
async function read(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return null
    throw new SingleshotError('E_RUN', {
      where: 'train',
      rule: 'expected a lock that can be read',
      got: codeOf(cause),
      file: path,
      cause,
    })
  }
}

function parseHolder(text: string): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Of a lock that names nobody, or a process of another machine, nothing can be known. */
async function mayStillHold(holder: Holder | null): Promise<boolean> {
  if (holder === null || holder.host !== hostname()) return true
  return isRunning(holder.pid, holder.started)
}

function busy(path: string, holder: Holder | null): SingleshotError {
  const known = holder !== null && holder.host === hostname()
  const remedy = `If no process is training there any more, delete ${path} and try again.`
  return new SingleshotError('E_RUN_BUSY', {
    where: 'train',
    rule: 'expected a run folder in which no other process is training',
    got: holder === null ? 'a lock' : `process ${holder.pid} on ${holder.host}`,
    file: path,
    ...(!known && { remedy }),
  })
}
