import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startOf } from './processes.ts'
import { LOCK_FILE, lockRun, refuseBusy } from './run-lock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'singleshot-lock-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** A process that has ended: its number is taken by no other for a while. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(child, 'close')
  return child.pid!
}

const writeLock = (holder: object | string) =>
  writeFile(
    join(folder, LOCK_FILE),
    typeof holder === 'string' ? holder : `${JSON.stringify(holder)}\n`,
  )

const here = { host: hostname(), started: null }

describe('lockRun(folder)', () => {
  it('names the process that holds the lock, and is gone when it is given back', async () => {
    const lock = await lockRun(folder)
    const text = await readFile(join(folder, LOCK_FILE), 'utf8')
    expect(JSON.parse(text)).toEqual({
      pid: process.pid,
      host: hostname(),
      started: await startOf(process.pid),
    })
    await lock.release()
    expect(await readdir(folder)).toEqual([])
  })

  it('is refused while it is held, naming the process', async () => {
    const lock = await lockRun(folder)
    await expect(lockRun(folder)).rejects.toMatchObject({
      code: 'E_RUN_BUSY',
      message: expect.stringContaining(`process ${process.pid} on`),
    })
    await expect(refuseBusy(folder)).rejects.toMatchObject({ code: 'E_RUN_BUSY' })
    await lock.release()
    await refuseBusy(folder)
    await (await lockRun(folder)).release()
  })

  it('takes over the lock of a process that has ended', async () => {
    await writeLock({ ...here, pid: await endedProcess() })
    const lock = await lockRun(folder)
    expect(JSON.parse(await readFile(join(folder, LOCK_FILE), 'utf8')).pid).toBe(process.pid)
    expect(await readdir(folder)).toEqual([LOCK_FILE])
    await lock.release()
  })

  it.skipIf(process.platform !== 'linux')(
    'takes over the lock of a process whose number another one has now',
    async () => {
      await writeLock({ pid: process.pid, host: hostname(), started: '1' })
      await (await lockRun(folder)).release()
      expect(await readdir(folder)).toEqual([])
    },
  )

  it('lets one win of many who find a stale lock at the same moment, time after time', async () => {
    const pid = await endedProcess()
    for (let round = 0; round < 20; round++) {
      await writeLock({ ...here, pid })
      const takers = await Promise.allSettled(Array.from({ length: 8 }, () => lockRun(folder)))
      const won = takers.filter((taker) => taker.status === 'fulfilled')
      expect(won).toHaveLength(1)
      for (const { status, reason } of takers as PromiseRejectedResult[])
        if (status === 'rejected') expect(reason).toMatchObject({ code: 'E_RUN_BUSY' })
      await won[0]!.value.release()
      expect(await readdir(folder)).toEqual([])
    }
  })

  it('takes over a stale lock even if a process was killed in the middle of doing that', async () => {
    const pid = await endedProcess()
    await writeLock({ ...here, pid })
    await writeFile(join(folder, `${LOCK_FILE}.claim`), JSON.stringify({ ...here, pid }))
    await (await lockRun(folder)).release()
    expect(await readdir(folder)).toEqual([])
  })

  it.each([
    ['of another machine', { pid: 1, host: 'elsewhere.example', started: null }],
    ['that is damaged', '{"pid":'],
  ])('never takes over a lock %s, and says how to remove it', async (_, holder) => {
    await writeLock(holder)
    await expect(lockRun(folder)).rejects.toMatchObject({
      code: 'E_RUN_BUSY',
      remedy: expect.stringContaining(`delete ${join(folder, LOCK_FILE)}`),
    })
  })

  it('leaves the lock alone that somebody else has put in its place', async () => {
    const lock = await lockRun(folder)
    await writeLock({ pid: 1, host: 'elsewhere.example', started: null })
    await lock.release()
    expect(await readdir(folder)).toEqual([LOCK_FILE])
  })
})
