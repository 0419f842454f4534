/** @file Saving when the disk gives out halfway: the error names the file, and the former checkpoint stays whole. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { loadModel, train } from '../../src/index.ts'
import type { TrainEvent } from '../../src/node/events.ts'
import { onlyOn } from '../support/listen.ts'
import { quickly, temporaryFolder, writeSmallSet } from './sets.ts'

const folder = await temporaryFolder()
const set = await writeSmallSet(join(folder, 'set'))
const BIN = fileURLToPath(new URL('../../bin/singleshot.js', import.meta.url))

/** A run that was stopped after its first step, and the checkpoint it left. */
async function stoppedRun(out: string) {
  const controller = new AbortController()
  const { signal } = controller
  const onEvent = onlyOn<TrainEvent, 'step'>('step', () => controller.abort())
  await train(quickly(set, out, { epochs: 5, snapshots: 0, signal, onEvent }))
  const checkpoint = join(out, 'last.safetensors')
  return { checkpoint, before: await readFile(checkpoint) }
}

async function expectWhole(checkpoint: string, before: Buffer) {
  expect((await readFile(checkpoint)).equals(before)).toBe(true)
  await (await loadModel(checkpoint, { threads: 1 })).close()
}

// The shell's limit on a file's size lets a write fail halfway without any rights.
it.skipIf(process.platform === 'win32')(
  'a checkpoint that cannot be written to its end',
  async () => {
    const out = join(folder, 'run')
    const { checkpoint, before } = await stoppedRun(out)
    // 4,000 blocks are 2 or 4 MB, by the shell; a checkpoint is about 15.
    const command = 'ulimit -f 4000; exec "$0" "$@"'
    const resume = [BIN, 'train', '--data', set, '--out', out, '--resume', '--threads', '1']
    const { status, stderr } = spawnSync('sh', ['-c', command, process.execPath, ...resume], {
      encoding: 'utf8',
    })
    expect(stderr).toContain('E_WRITE')
    expect(stderr).toContain('last.safetensors')
    expect(stderr).not.toContain('    at ')
    expect(status).not.toBe(0)
    await expectWhole(checkpoint, before)
    expect((await readdir(out)).filter((name) => name.endsWith('.tmp'))).toEqual([])
  },
)

/** Makes a file system of one size; false where we may not. */
function mountSmallDisk(path: string, size: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

it('a full disk while saving leaves the former checkpoint whole', async (test) => {
  const disk = join(folder, 'disk')
  await mkdir(disk)
  if (!mountSmallDisk(disk, '64m')) {
    console.warn('SKIPPED: a full disk needs the right to mount a file system')
    test.skip()
  }
  try {
    const out = join(disk, 'run')
    const { checkpoint, before } = await stoppedRun(out)
    // Leaves room for what is small and for half a checkpoint, so that the save itself fails, halfway.
    const { bavail, bsize } = await statfs(disk)
    await writeFile(join(disk, 'filler'), new Uint8Array(bavail * bsize - before.length / 2))
    const resumed = train({ data: set, resume: out, threads: 1 })
    await expect(resumed).rejects.toMatchObject({
      code: 'E_WRITE',
      message: expect.stringContaining('safetensors'),
    })
    await expectWhole(checkpoint, before)
  } finally {
    execFileSync('umount', ['-l', disk])
  }
})
