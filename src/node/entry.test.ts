import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createImage } from '../image/image.ts'
import { writeShapes } from './data/write-shapes.ts'
import { detect, type Picture } from './detect.ts'
import { evaluate } from './evaluate.ts'
import { exportModel } from './export.ts'
import { pull } from './fetch/pull.ts'
import { importWeights } from './import-weights.ts'
import { type LoadedModel, loadModel } from './model.ts'
import { toImage } from './picture/to-image.ts'
import { encodePng } from './picture/write-image.ts'
import { type StartRequest, train } from './run/train.ts'

const folder = await mkdtemp(join(tmpdir(), 'entry-'))
const out = join(folder, 'out')

/** No function may come so far as to use it. */
const model = {} as LoadedModel
const picture = createImage({ width: 3, height: 2 }, [10, 20, 30])

type Call = (options: Record<string, unknown>) => Promise<unknown>

/** Every public function that takes options: how it is called, and a setting of each kind that it has. */
const ENTRIES: Readonly<
  Record<
    string,
    { call: Call; settings: Record<string, 'share' | 'count' | 'number' | 'object' | 'text'> }
  >
> = {
  detect: {
    call: (options) => detect(model, picture, options),
    settings: {
      scoreThreshold: 'share',
      nmsIouThreshold: 'share',
      maxCandidates: 'count',
      maxDetections: 'count',
      onEvent: 'object',
    },
  },
  loadModel: {
    call: (options) => loadModel(join(folder, 'none'), options),
    settings: { threads: 'count', device: 'text' },
  },
  evaluate: {
    call: (options) => evaluate(model, { data: folder, ...options }),
    settings: { data: 'text', split: 'text', onEvent: 'object' },
  },
  train: {
    call: (options) => train({ data: folder, out, ...options } as StartRequest),
    settings: {
      data: 'text',
      epochs: 'number',
      minutes: 'number',
      snapshots: 'count',
      threads: 'count',
      model: 'text',
      input: 'object',
      settings: 'object',
      augment: 'object',
      split: 'text',
    },
  },
  exportModel: {
    call: (options) => exportModel({ model: folder, format: 'onnx', out, ...options }),
    settings: { format: 'text', detect: 'object', out: 'text' },
  },
  importWeights: {
    call: (options) => importWeights({ file: folder, model: 'tiny', out, ...options }),
    settings: { model: 'text', file: 'text', out: 'text' },
  },
  pull: {
    call: (options) => pull({ name: 'ssd300', cache: folder, ...options } as never),
    settings: { name: 'text', stallSeconds: 'number' },
  },
  writeShapes: {
    call: (options) => writeShapes(out, { scenes: 1, ...options }),
    settings: { scenes: 'count', seed: 'count', format: 'text', scene: 'object', shares: 'object' },
  },
}

const WRONG = {
  share: [Number.NaN, Number.POSITIVE_INFINITY, -0.1, 1.5, '0.5', null, [], {}],
  count: [Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5, '3', null, [], {}],
  number: [Number.NaN, Number.POSITIVE_INFINITY, -1, 0, '3', null, [], {}],
  object: [Number.NaN, 3, '3', null, [1]],
  text: [Number.NaN, 3, null, [], {}, ''],
}

describe.each(Object.entries(ENTRIES))('%s', (name, { call, settings }) => {
  it.each(Object.entries(settings))(
    'refuses whatever %s cannot be, naming it and what it may be, before anything is done',
    async (setting, kind) => {
      for (const wrong of WRONG[kind]) {
        const refused = expect(call({ [setting]: wrong }), `${setting} ${String(wrong)}`).rejects
        await refused.toMatchObject({
          code: 'E_CONFIG',
          message: expect.stringMatching(new RegExp(`^${name}: ${setting}[:.].*expected .*, got `)),
        })
      }
      expect(await readdir(folder)).not.toContain('out')
    },
  )

  it('refuses a misspelt option, naming the one that was meant', async () => {
    const [setting] = Object.keys(settings) as [string]
    const misspelt = setting.replace(/(.)(.)$/, '$2$1')
    await expect(call({ [misspelt]: 1 })).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringContaining(
        `${misspelt}: there is no such setting; did you mean ${setting}?`,
      ),
    })
  })
})

describe('what stands inside other options', () => {
  const augment = {
    crop: { probability: 1, choices: ['half'], scale: [1, 0.5], aspectRatio: [1, 2] },
  }
  it.each<[what: string, wrong: () => Promise<unknown>, message: RegExp]>([
    [
      'settings',
      () => train({ data: folder, out, settings: { batch: 1.5, momentun: 0.9 } as never }),
      /settings\.batch: expected a whole number from 1 to 1024, got 1\.5; settings\.momentun: .*momentum\?/,
    ],
    [
      'an augmentation',
      () => train({ data: folder, out, augment: augment as never }),
      /choices\.0: expected whole or free or a number from 0 to 1, got "half"; .*scale: expected the smaller number first, got \[1, 0\.5\]; .*trials: expected a whole number/,
    ],
    [
      'thresholds',
      () => exportModel({ model: folder, format: 'onnx', out, detect: { scoreThreshold: 50 } }),
      /detect\.scoreThreshold: expected a number from 0 to 1, got 50/,
    ],
    [
      'a scene',
      () =>
        writeShapes(out, { scenes: 1, scene: { size: { width: 1e9, height: 64 }, count: [3, 1] } }),
      /scene\.size\.width: expected a whole number from 32 to 4096.*scene\.count: expected the smaller number first/,
    ],
  ])('%s is refused with its whole name', async (_, wrong, message) => {
    await expect(wrong()).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringMatching(message),
    })
  })
})

describe('a picture that is handed over', () => {
  const rgba = Uint8ClampedArray.from([10, 20, 30, 255, 10, 20, 30, 0])

  it('is taken as a path, a file: URL, the bytes of a file in any wrapping, or pixels', async () => {
    const png = await encodePng(picture)
    const file = join(folder, 'a picture.png')
    await writeFile(file, png)
    const bytes = Uint8Array.from(png)
    const all: Picture[] = [
      file,
      pathToFileURL(file),
      Buffer.from(png),
      bytes,
      bytes.buffer,
      new Blob([bytes]),
      picture,
    ]
    for (const one of all) expect(await toImage(one)).toEqual(picture)
  })

  it('shows white where the pixels of a canvas are transparent', async () => {
    expect(await toImage({ width: 2, height: 1, data: rgba })).toEqual({
      width: 2,
      height: 1,
      data: Uint8Array.of(10, 20, 30, 255, 255, 255),
    })
  })

  it.each<[what: string, picture: unknown, message: RegExp]>([
    ['nothing', undefined, /expected a picture: a path, .*, got undefined/],
    ['null', null, /got null/],
    ['a number', 7, /got 7/],
    ['a function', () => 7, /got a function/],
    ['floats', new Float32Array(18), /got Float32Array of 72 bytes/],
    ['a DataView', new DataView(new ArrayBuffer(8)), /got DataView/],
    ['an http: URL', new URL('http://example.com/a.jpg'), /expected a file: URL; .*got http:/],
    [
      'no pixels',
      { width: 2, height: 2 },
      /data of a picture as bytes, a Uint8Array, got undefined/,
    ],
    [
      'floats as pixels',
      { ...picture, data: new Float32Array(18) },
      /a Uint8Array, got Float32Array/,
    ],
    ['a list of numbers', { ...picture, data: Array(18).fill(0) }, /a Uint8Array, got Array/],
    ['half a pixel', { ...picture, width: 1.5 }, /whole numbers from 1 up, got \[1.5, 2\]/],
    ['sides as text', { ...picture, width: '3' }, /whole numbers from 1 up/],
    ['no width', { ...picture, width: 0 }, /whole numbers from 1 up, got \[0, 2\]/],
    [
      'too few pixels',
      { width: 64, height: 64, data: new Uint8Array(3) },
      /expected 12288 bytes of RGB, or 16384 of RGBA, for 64x64 pixels, got 3/,
    ],
    ['other sides', { ...picture, width: 4 }, /expected 24 bytes of RGB/],
  ])('is refused when it is %s', async (_, wrong, message) => {
    await expect(detect(model, wrong as Picture)).rejects.toMatchObject({
      code: 'E_ARGUMENT',
      message: expect.stringMatching(message),
    })
  })
})
