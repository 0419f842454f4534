/** @file How commands end before their time. test/long/stopping.long.ts tries every way ten times. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { endlessTraining, WAYS_TO_STOP } from './endless-training.ts'
import { singleshotIn } from './run-command.ts'
import { temporaryFolder, writeSmallSet } from './sets.ts'

const folder = await temporaryFolder()
const set = await writeSmallSet(join(folder, 'set'), 4)
const singleshot = singleshotIn(folder)
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))

describe('training that would never end', () => {
  it.each(Object.entries(WAYS_TO_STOP))('saves when %s', async (name, way) => {
    const out = join(folder, name)
    const ended = await singleshot(endlessTraining(set, out, way), way.disturbance)
    expect(ended).toMatchObject({ code: way.code, signal: null })
    expect(ended.stderr).not.toMatch(/E_INTERNAL|terminate called/)
    expect(existsSync(join(out, 'last.safetensors'))).toBe(true)
  })
})

describe('another command', () => {
  it('goes on when nobody reads its messages: the results are still wanted', async () => {
    const ended = await singleshot(['shapes', '--out', 'shapes', '--scenes', '10'], {
      stderrClosed: true,
    })
    expect(ended).toMatchObject({ code: 0, stdout: 'shapes\n' })
  })
})

/** A library's user: computes for a while in a thread, and meanwhile does something. */
const computing = (meanwhile: string) => `
  import { createEngine } from '${DIST}engine/node.js'
  import { toOnnx } from '${DIST}graph/onnx.js'
  import { matmul } from '${DIST}graph/ops.js'
  import { input } from '${DIST}graph/tensor.js'
  const side = 700
  const a = input('a', [side, side])
  const y = Array.from({ length: 20 }).reduce((product) => matmul(product, a), a)
  const program = await createEngine({ threads: 1 }).compile({ bytes: toOnnx({ y }) })
  program.run({ a: { data: new Float32Array(side * side), shape: [side, side] } })
  setTimeout(() => { console.log('computing'); ${meanwhile} }, 50)`

describe('a process that ends while the engine computes', () => {
  it.each([
    ['exits', 'process.exit(3)', 3],
    ['throws', 'throw new Error()', 1],
  ])('ends as it would without one when it %s', (_, meanwhile, code) => {
    const script = ['--input-type=module', '--eval', computing(meanwhile)]
    const ended = spawnSync(process.execPath, script, { encoding: 'utf8' })
    expect(ended).toMatchObject({ status: code, signal: null, stdout: 'computing\n' })
    expect(ended.stderr).not.toContain('terminate called')
  })
})
