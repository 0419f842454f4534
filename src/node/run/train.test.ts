import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type TrainRequest, train } from './train.ts'

const folder = await mkdtemp(join(tmpdir(), 'singleshot-train-'))
const out = join(folder, 'out')

describe('a run', () => {
  it.each<[what: string, request: unknown, code: string, message: RegExp]>([
    [
      'goes on as it began: whatever was decided then is named and refused',
      { resume: out, out, model: 'tiny', data: folder },
      'E_CONFIG',
      /expected nothing beside resume that was decided when the run began, got out, model$/,
    ],
    [
      'goes on in the folder that resume names',
      { resume: true },
      'E_CONFIG',
      /train: resume: expected a path, got true/,
    ],
    [
      'lasts for epochs or for minutes',
      { data: folder, out, epochs: 3, minutes: 1 },
      'E_CONFIG',
      /train: minutes: expected epochs or minutes, got both/,
    ],
    [
      'that goes on lasts for epochs or for minutes too',
      { resume: out, epochs: 3, minutes: 1 },
      'E_CONFIG',
      /train: minutes: expected epochs or minutes, got both/,
    ],
    ['that begins needs data', { out }, 'E_CONFIG', /train: data: expected a path, got nothing/],
    ['that goes on needs no data, only a run', { resume: out }, 'E_MODEL_MISSING', /out/],
  ])('%s', async (_, request, code, message) => {
    await expect(train(request as TrainRequest)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
    expect(await readdir(folder)).not.toContain('out')
  })
})
