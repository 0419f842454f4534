import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describePreset } from '../../config/presets.ts'
import { TRAIN_DEFAULTS } from '../../config/train-defaults.ts'
import { applyConfigFile } from './read-config.ts'

const base = { model: describePreset('tiny', ['cat']), train: TRAIN_DEFAULTS }
const folder = await mkdtemp(join(tmpdir(), 'config-'))

async function apply(content: string | Uint8Array) {
  const file = join(folder, 'mine.json')
  await writeFile(file, content)
  return applyConfigFile(base, file)
}

it('reads a file that PowerShell wrote', async () => {
  const text = '{"train": {"batch": 2}}\r\n'
  expect((await apply(`\uFEFF${text}`)).train.batch).toBe(2)
  expect((await apply(Buffer.from(`\uFEFF${text}`, 'utf16le'))).train.batch).toBe(2)
})

it.each<[what: string, content: string | Uint8Array, message: RegExp]>([
  [
    'two values of one setting',
    '{"train":{"batch":1,"batch":2}}',
    /every key once.*got batch twice/,
  ],
  [
    'ten thousand levels',
    '{"model":'.repeat(10_000) + '1'.padEnd(10_001, '}'),
    /at most 64 levels/,
  ],
  ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), /expected text in UTF-8, got other bytes/],
  ['megabytes', `"${'x'.repeat(2e6)}"`, /at most 1048576 bytes, got 2000002/],
  ['half a text', '{"train":', /expected JSON/],
])('refuses a file of %s, naming it', async (_, content, message) => {
  await expect(apply(content)).rejects.toThrow(
    expect.objectContaining({ code: 'E_CONFIG', message: expect.stringMatching(message) }),
  )
  await expect(apply(content)).rejects.toThrow(/mine\.json\)$/)
})

it('refuses a folder and a file that is not there', async () => {
  await mkdir(join(folder, 'folder.json'))
  for (const [name, reason] of [
    ['folder.json', 'EISDIR'],
    ['none.json', 'ENOENT'],
  ] as const)
    await expect(applyConfigFile(base, join(folder, name))).rejects.toThrow(
      `expected a config file that can be read, got ${reason}`,
    )
})
