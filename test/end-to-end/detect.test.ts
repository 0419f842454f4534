/** @file `singleshot detect` and its like, as they treat what is there already and what cannot be read. */
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { lines, singleshotIn } from './run-command.ts'
import { temporaryFolder, writeSmallSet } from './sets.ts'

const folder = await temporaryFolder()
const singleshot = singleshotIn(folder)
const set = await writeSmallSet(join(folder, 'set'))
const MODEL = fileURLToPath(new URL('../../site/public/data/model.safetensors', import.meta.url))
const detect = (...args: string[]) =>
  singleshot(['detect', '--model', MODEL, '--threads', '1', ...args])

/** A folder with the first scenes of the set. */
async function pictures(name: string, count: number): Promise<string> {
  const into = join(folder, name)
  await mkdir(into)
  for (const file of (await readdir(join(set, 'JPEGImages'))).slice(0, count))
    await cp(join(set, 'JPEGImages', file), join(into, file))
  return into
}

/** Every file of a folder with its content. */
async function contents(of: string): Promise<Record<string, string>> {
  const names = await readdir(of)
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(of, name), 'base64')])),
  )
}

describe('what is there already', () => {
  it('is not overwritten by pictures with boxes: not even the pictures themselves', async () => {
    const photos = await pictures('photos', 2)
    const before = await contents(photos)
    const { code, stdout, stderr } = await detect(photos, '--save', photos)
    expect(code).toBe(73)
    expect(stderr).toContain('E_OUTPUT_EXISTS')
    expect(stderr).toContain('got 2 such files, e.g. 000000.png')
    expect(stdout).toBe('')
    expect(await contents(photos)).toEqual(before)
  })

  it('is not overwritten by a second call either; what was written for which picture is said', async () => {
    const [one, two] = [await pictures('cam1', 1), await pictures('cam2', 1)]
    const found = join(folder, 'found')
    const first = await detect(one, two, '--save', found, '--json')
    expect(first.code).toBe(0)
    expect(lines(first.stdout).map((line) => JSON.parse(line).saved)).toEqual([
      join(found, 'cam1-000000.png'),
      join(found, 'cam2-000000.png'),
    ])
    expect(first.stderr).toContain(`, drawn in ${join(found, 'cam2-000000.png')}\n`)
    expect(first.stderr).toContain(`2 pictures with boxes: ${found}`)
    const before = await contents(found)
    const again = await detect(one, two, '--save', found)
    expect(again.code).toBe(73)
    expect(await contents(found)).toEqual(before)
  })

  it('is not overwritten by a trace', async () => {
    const scene = join(await pictures('traced', 1), '000000.png')
    const xml = join(folder, 'traced', '000000.xml')
    await cp(join(set, 'Annotations', '000000.xml'), xml)
    const before = await readFile(xml, 'utf8')
    const why = await singleshot(['why', '--model', MODEL, scene, '--trace', xml, '--threads', '1'])
    expect(why).toMatchObject({ code: 73, stdout: '' })
    expect(await readFile(xml, 'utf8')).toBe(before)
  })
})

it.skipIf(process.platform !== 'linux')(
  'labels without a font are said to be squares',
  async () => {
    const scene = await pictures('labelled', 1)
    const withFont = await detect(scene, '--save', join(folder, 'letters'))
    expect(withFont.stderr).not.toContain('No font was found')
    await writeFile(join(folder, 'fonts.conf'), '<?xml version="1.0"?><fontconfig></fontconfig>')
    vi.stubEnv('FONTCONFIG_FILE', join(folder, 'fonts.conf'))
    const without = await detect(scene, '--save', join(folder, 'squares'))
    vi.unstubAllEnvs()
    expect(without.code).toBe(0)
    expect(without.stderr).toContain('No font was found, so labels will be empty squares')
  },
)

describe('a picture that cannot be read', () => {
  it('among many is told, passed over, counted and remembered; --strict stops there', async () => {
    const some = await pictures('some', 2)
    await writeFile(join(some, '000000.txt.jpg'), 'no picture')
    const { code, stdout, stderr } = await detect(some, join(folder, 'none.jpg'), '--json')
    expect(code).toBe(66)
    expect(lines(stdout).map((line) => JSON.parse(line).error?.code)).toEqual([
      undefined,
      'E_IMAGE_UNREADABLE',
      undefined,
      'E_IMAGE_MISSING',
    ])
    expect(JSON.parse(lines(stdout)[3]!).error.remedy).toBe('Check the path.')
    const names = `${join(some, '000000.txt.jpg')}, ${join(folder, 'none.jpg')}`
    expect(stderr).toContain(`2 of 4 pictures could not be read: ${names}\n`)
    const strict = await detect(some, '--strict', '--json')
    expect(strict.code).toBe(65)
    expect(lines(strict.stdout)).toHaveLength(2)
  })

  it('leaves no promise of pictures that were not written', async () => {
    await writeFile(join(folder, 'bad.jpg'), 'no picture')
    const { stderr } = await detect(join(folder, 'bad.jpg'), '--save', join(folder, 'empty'))
    expect(stderr).not.toContain('with boxes')
  })
})
