import { existsSync } from 'node:fs'
import { mkdir, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { detectImage } from '../../src/detect/detect.ts'
import { exportModel, loadModel, train } from '../../src/index.ts'
import { readSafetensors } from '../../src/weights/safetensors/safetensors.ts'
import { commandIn, singleshotIn } from './run-command.ts'
import { detectElsewhere, expectSame, scene } from './run-onnx.ts'
import { quickly, SIZE, temporaryFolder, writeSmallSet } from './sets.ts'

const folder = await temporaryFolder()
const singleshot = singleshotIn(folder)
const command = commandIn(folder)
const run = join(folder, 'run')
await train(quickly(await writeSmallSet(join(folder, 'set')), run, { epochs: 30 }))

describe('an exported ONNX file', () => {
  it('of a trained network detects what we detect', async () => {
    const out = join(folder, 'trained.onnx')
    const result = await exportModel({ model: run, format: 'onnx', out, nms: true })
    const file = await readFile(out)
    const model = await loadModel(run, { threads: 1 })
    expect(result).toEqual({
      out,
      format: 'onnx',
      bytes: file.length,
      classes: model.classes,
      input: SIZE,
    })
    for (let seed = 1; seed <= 5; seed++) {
      const picture = scene(seed, SIZE)
      const { detections } = await detectImage(model.network, picture)
      expect(detections.length).toBeGreaterThan(0)
      expectSame(await detectElsewhere(file, picture), detections)
    }
    await model.close()
  })
})

describe('an exported state dict', () => {
  it('holds what detects, a checkpoint’s average, under its own names, and counts the steps', async () => {
    const out = join(folder, 'state.safetensors')
    await exportModel({ model: join(run, 'last.safetensors'), format: 'safetensors', out })
    const exported = readSafetensors(await readFile(out), out)
    const best = readSafetensors(await readFile(join(run, 'best.safetensors')), 'best')
    expect(exported.metadata).toEqual({ format: 'pt' })
    const isCount = (name: string) => name.endsWith('num_batches_tracked')
    const counted = [...exported.tensors].filter(([name]) => isCount(name))
    const { steps } = JSON.parse(await readFile(join(run, 'summary.json'), 'utf8'))
    for (const [, { shape, data }] of counted) expect([shape, ...data]).toEqual([[], steps])
    const names = [...best.tensors.keys()]
    expect(counted).toHaveLength(names.filter((name) => name.endsWith('running_mean')).length)
    expect([...exported.tensors.keys()].filter((name) => !isCount(name))).toEqual(names)
    const differing = names.filter((name) => {
      const [a, b] = [exported, best].map(({ tensors }) => tensors.get(name)!)
      return a!.shape.join() !== b!.shape.join() || a!.data.some((value, i) => value !== b!.data[i])
    })
    expect(differing).toEqual([])
  })
})

describe('export refuses', () => {
  const out = join(folder, 'never.onnx')
  const request = { model: run, format: 'onnx', out } as const
  const nothing = () => expect(existsSync(out)).toBe(false)

  it('a format that it does not know, and thresholds where nothing is selected', async () => {
    await expect(exportModel({ ...request, format: 'tflite' as 'onnx' })).rejects.toThrow(
      'exportModel: format: expected one of onnx, safetensors, got "tflite"',
    )
    await expect(exportModel({ ...request, format: 'safetensors', nms: true })).rejects.toThrow(
      'expected nms and thresholds with format onnx only, got safetensors',
    )
    nothing()
  })

  it('to overwrite a file', async () => {
    const precious = join(folder, 'precious.onnx')
    await writeFile(precious, 'mine')
    await expect(exportModel({ ...request, out: precious })).rejects.toMatchObject({
      code: 'E_OUTPUT_EXISTS',
      message: expect.stringContaining('precious.onnx'),
    })
    expect(await readFile(precious, 'utf8')).toBe('mine')
    await mkdir(join(folder, 'a-folder'))
    await expect(exportModel({ ...request, out: join(folder, 'a-folder') })).rejects.toThrow(
      'expected an output file that is new; nothing was overwritten, got a folder',
    )
  })

  it('a model that is cut short, or not there', async () => {
    const cut = join(folder, 'cut.safetensors')
    await writeFile(cut, await readFile(join(run, 'best.safetensors')))
    await truncate(cut, 5000)
    await expect(exportModel({ ...request, model: cut })).rejects.toMatchObject({
      code: 'E_MODEL_FILE',
    })
    await expect(exportModel({ ...request, model: join(folder, 'nowhere') })).rejects.toMatchObject(
      { code: 'E_MODEL_MISSING' },
    )
    nothing()
  })
})

describe('singleshot export', () => {
  it('writes the file, names it on stdout, and says on stderr what it is', async () => {
    const asked = [
      'export',
      'run',
      '--format',
      'onnx',
      '--nms',
      '--score',
      '0.5',
      '--out',
      'a.onnx',
    ]
    const { code, stdout, stderr } = await singleshot(asked)
    expect([code, stdout]).toEqual([0, 'a.onnx\n'])
    expect(stderr).toMatch(/^ONNX model, \d+\.\d MB, takes pictures of 96x64 pixels, knows \d+ /)
    const taken = await command([...asked, '--json'])
    expect(taken.code).toBe(73)
    expect(JSON.parse(taken.stdout).error.code).toBe('E_OUTPUT_EXISTS')
  })

  it('tells with --json what it wrote', async () => {
    const asked = ['export', 'run', '--format', 'safetensors', '--out', 'a.safetensors', '--json']
    const { code, stdout } = await command(asked)
    expect(code).toBe(0)
    const { size } = await stat(join(folder, 'a.safetensors'))
    expect(JSON.parse(stdout)).toMatchObject({ format: 'safetensors', bytes: size, input: SIZE })
  })

  it.each([
    [['--format', 'onnx'], 'expected one run folder or model file, got []'],
    [['a', 'b', '--format', 'onnx'], 'expected one run folder or model file, got [a, b]'],
    [['run', '--format', 'tflite'], 'expected --format to be one of onnx, safetensors, got tflite'],
    [['run', '--format', 'safetensors', '--nms'], 'expected --nms with --format onnx only'],
    [['run', '--format', 'onnx', '--score', '0.5'], 'expected --score with --nms only'],
  ])('refuses %j', async (args, message) => {
    const { code, stdout, stderr } = await command(['export', ...args, '--out', 'b'])
    expect([code, stdout]).toEqual([64, ''])
    expect(stderr).toContain(message)
  })
})
