import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tinyModel } from '../../config/tiny.ts'
import type { EpochReport } from '../../train/report.ts'
import { readModelFile } from '../model.ts'
import { createSnapshots, SNAPSHOT_FOLDER } from './snapshots.ts'

const model = tinyModel(['cat'], { width: 320, height: 240 })
const shapes = new Map([['w', [2, 3]]])
const report = (step: number, progress: number) =>
  ({
    ...{ step, progress, epoch: step / 10, seconds: step, shapes },
    losses: { classLoss: 2, offsetLoss: 1, positives: 9, gradientNorm: 3 },
  }) as unknown as EpochReport
const state = () => new Map([['w', Float32Array.of(1, 2, 3, 4, 5, 6.0001)]])

describe('createSnapshots(options)', () => {
  let run: string
  beforeEach(async () => {
    run = await mkdtemp(join(tmpdir(), 'snapshots-'))
  })
  afterEach(() => rm(run, { recursive: true }))
  const files = () => readdir(join(run, SNAPSHOT_FOLDER)).catch(() => [])

  it('takes more of them early: four of a run at 1/16, 4/16, 9/16 and 16/16', async () => {
    const snapshots = createSnapshots({ run, model, snapshots: 4 })
    const due: number[] = []
    for (let step = 1; step <= 16; step++) {
      if (!snapshots.isDue(step / 16)) continue
      due.push(step)
      await snapshots.take(report(step, step / 16), state())
    }
    expect(due).toEqual([1, 4, 9, 16])
    expect(await files()).toEqual(
      [1, 4, 9, 16].map((step) => `step-${`${step}`.padStart(7, '0')}.safetensors`),
    )
  })

  it('takes one for several that a long epoch passed over', async () => {
    const snapshots = createSnapshots({ run, model, snapshots: 8 })
    expect(snapshots.isDue(0.6)).toBe(true)
    await snapshots.take(report(6, 0.6), state())
    expect(snapshots.isDue(0.61)).toBe(false)
  })

  it('writes models of 16-bit weights that say when they were taken', async () => {
    await createSnapshots({ run, model, snapshots: 1 }).take(report(10, 1), state())
    const [file] = await files()
    const { config, weights, notes } = await readModelFile(join(run, SNAPSHOT_FOLDER, file!))
    expect(config).toEqual(model)
    expect([...weights.get('w')!]).toEqual([1, 2, 3, 4, 5, 6])
    expect(notes).toMatchObject({ step: 10, epoch: 1, classLoss: 2 })
    expect((await stat(join(run, SNAPSHOT_FOLDER, file!))).size).toBeGreaterThan(12)
  })

  it('takes none when told 0', () => {
    expect(createSnapshots({ run, model, snapshots: 0 }).isDue(1)).toBe(false)
  })
})
