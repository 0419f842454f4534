/**
 * @file Every way to stop a training, ten times: `npx vitest run --config test/long/vitest.config.ts`. What goes wrong
 * here depends on what the engine's thread is at when it is stopped, so once is not enough.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { endlessTraining, WAYS_TO_STOP } from '../end-to-end/endless-training.ts'
import { singleshotIn } from '../end-to-end/run-command.ts'
import { temporaryFolder, writeSmallSet } from '../end-to-end/sets.ts'

const TRIES = 10

const folder = await temporaryFolder()
const set = await writeSmallSet(join(folder, 'set'), 4)
const singleshot = singleshotIn(folder)

const tries = Object.entries(WAYS_TO_STOP).flatMap(([name, way]) =>
  Array.from({ length: TRIES }, (_, i) => [name, i + 1, way] as const),
)

it.each(tries)('training saves when %s, try %i', async (name, attempt, way) => {
  const out = join(folder, `${name} ${attempt}`)
  const ended = await singleshot(endlessTraining(set, out, way), way.disturbance)
  expect(ended).toMatchObject({ code: way.code, signal: null })
  expect(existsSync(join(out, 'last.safetensors'))).toBe(true)
})

it.each(Array.from({ length: TRIES }, (_, i) => i + 1))(
  'a second Ctrl-C ends at once, by the signal and never by an abort, unless all is saved already, try %i',
  async (attempt) => {
    const way = {
      disturbance: { interruptAt: /"epoch":1/, againAfter: [1010, 1020, 1030] },
      code: 130,
    }
    const ended = await singleshot(
      endlessTraining(set, join(folder, `twice ${attempt}`), way),
      way.disturbance,
    )
    expect([130, 'SIGINT']).toContain(ended.code ?? ended.signal)
  },
)
