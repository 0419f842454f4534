import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MetricsLine } from '../../train/record.ts'
import { readMetrics, recoverMetrics, writeMetrics } from './metrics.ts'

let run: string
let file: string
beforeEach(async () => {
  run = await mkdtemp(join(tmpdir(), 'singleshot-metrics-'))
  file = join(run, 'metrics.jsonl')
})
afterEach(() => rm(run, { recursive: true }))

/** The line after an epoch of four steps. */
const line = (epoch: number): MetricsLine => ({
  ...{ epoch, step: 4 * epoch, learningRate: 0.1, classLoss: 2, offsetLoss: 1 },
  ...{ positives: 3, gradientNorm: 5, mAP50: null, AP: null },
})
const lines = [1, 2, 3, 4].map(line)

describe('recoverMetrics(run, record)', () => {
  it('drops the lines of steps after the checkpoint', async () => {
    await writeMetrics(run, lines)
    const recovered = await recoverMetrics(run, { lines: 2, line: line(2) })
    expect(recovered).toEqual({ lines: lines.slice(0, 2), missing: 0 })
  })

  it('puts back the last line, which is written after the checkpoint', async () => {
    await writeMetrics(run, lines.slice(0, 3))
    const recovered = await recoverMetrics(run, { lines: 4, line: line(4) })
    expect(recovered).toEqual({ lines, missing: 0 })
  })

  it('counts what a cut or a missing file has lost', async () => {
    await writeMetrics(run, lines)
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.slice(0, text.length / 2 - 20)) // In the middle of line 2.
    const record = { lines: 4, line: line(4) }
    expect(await recoverMetrics(run, record)).toEqual({ lines: [line(1), line(4)], missing: 2 })
    await rm(file)
    expect(await recoverMetrics(run, record)).toEqual({ lines: [line(4)], missing: 3 })
  })

  it('gives no line before the first epoch has ended', async () => {
    await writeMetrics(run, lines)
    expect(await recoverMetrics(run, { lines: 0, line: null })).toEqual({ lines: [], missing: 0 })
  })
})

describe('readMetrics(run)', () => {
  it('gives no lines of a run that has none yet', async () => {
    expect(await readMetrics(run)).toEqual([])
  })

  it.each(['{"epoch":', '{"epoch":1}', '7'])('names file and line of %s', async (broken) => {
    await writeFile(file, `${JSON.stringify(line(1))}\n${broken}\n`)
    await expect(readMetrics(run)).rejects.toMatchObject({
      code: 'E_RUN',
      message: expect.stringContaining(`(${file}, line 2)`),
    })
  })
})
