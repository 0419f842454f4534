import { rmSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tinyModel } from '../../config/tiny.ts'
import { readPageManifest } from '../../explain/page-manifest.ts'
import { writeModel } from '../../weights/model-file.ts'
import { writeShapes } from '../data/write-shapes.ts'
import { serveExplorer, writeExplorer } from './explain.ts'
import { collectExplorer } from './explain-files.ts'
import { serveFiles } from './file-server.ts'

describe('the explorer', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'explain-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const json = async (read: (() => Promise<Uint8Array>) | undefined) =>
    JSON.parse(new TextDecoder().decode(await read!()))

  /** A run folder with a model of one weight, two lines of metrics and a snapshot. */
  async function run(): Promise<string> {
    const path = join(folder, 'run')
    const config = tinyModel(['cat'], { width: 320, height: 240 })
    const weights = new Map([['w', Float32Array.of(1)]])
    const bytes = writeModel({ config, weights, notes: { step: 5, epoch: 1 } }, new Map())
    const losses = { classLoss: 2, offsetLoss: 1, positives: 3, gradientNorm: 4 }
    const line = { epoch: 1, step: 5, learningRate: 0.1, ...losses, AP: null }
    const files = {
      'best.safetensors': bytes,
      'snapshots/step-0000005.safetensors': bytes,
      'metrics.jsonl': `${JSON.stringify({ ...line, mAP50: null })}\n`,
    }
    await mkdir(join(path, 'snapshots'), { recursive: true })
    for (const [name, content] of Object.entries(files)) await writeFile(join(path, name), content)
    return path
  }

  it('has the page, and one ONNX Runtime', async () => {
    const names = [...(await collectExplorer()).keys()]
    expect(names).toContain('index.html')
    expect(names).toContain('data/manifest.json')
    expect(names.filter((name) => name.endsWith('.wasm'))).toHaveLength(1)
    expect(names.filter((name) => name.endsWith('.mjs'))).toEqual([])
  })

  it('puts a run beside the page: its model, metrics and snapshots', async () => {
    const files = await collectExplorer({ model: await run() })
    expect(await json(files.get('data/manifest.json'))).toMatchObject({
      version: 1,
      name: 'run',
      model: 'model.safetensors',
      metrics: [{ epoch: 1, classLoss: 2 }],
      snapshots: [
        { file: 'snapshots/step-0000005.safetensors', epoch: 1, step: 5, classLoss: null },
      ],
      pictures: [],
    })
    expect((await files.get('data/model.safetensors')!()).length).toBeGreaterThan(8)
    expect(files.has('data/snapshots/step-0000005.safetensors')).toBe(true)
  })

  it('numbers snapshots whose names would mean something in an address, and leaves out broken ones', async () => {
    const model = await run()
    const [folder, snapshot] = [join(model, 'snapshots'), 'step-0000005.safetensors']
    await rename(join(folder, snapshot), join(folder, 'a b#1.safetensors'))
    await cp(join(folder, 'a b#1.safetensors'), join(folder, 'a-b-1.safetensors'))
    await writeFile(join(folder, 'cut.safetensors'), 'no model')
    const told: string[] = []
    const files = await collectExplorer({ model, onMessage: (message) => told.push(message) })
    const { snapshots } = readPageManifest(await json(files.get('data/manifest.json')))
    expect(snapshots.map(({ file }) => file)).toEqual([
      'snapshots/0001-a-b-1.safetensors',
      'snapshots/0002-a-b-1.safetensors',
    ])
    for (const { file } of snapshots) expect(files.has(`data/${file}`)).toBe(true)
    expect(told).toEqual([expect.stringMatching(/^Left out: .*cut\.safetensors/)])
  })

  it('takes back what it wrote when it cannot write all, so that the next attempt can begin', async () => {
    const model = await run()
    const out = join(folder, 'out')
    const data = join(folder, 'shapes')
    await writeShapes(data, { scenes: 10 })
    // Told of the pictures, after the model was found good and before anything is written.
    const onMessage = () => rmSync(join(model, 'best.safetensors'), { force: true })
    await expect(writeExplorer({ model, data, onMessage }, out)).rejects.toMatchObject({
      code: 'E_FILE_MISSING',
    })
    expect((await readdir(folder)).toSorted()).toEqual(['run', 'shapes'])
  })

  it('puts labelled pictures beside the page, with their objects', async () => {
    const data = join(folder, 'shapes')
    await writeShapes(data, { scenes: 10 })
    const files = await collectExplorer({ data })
    const { pictures } = await json(files.get('data/manifest.json'))
    expect(pictures).toHaveLength(2)
    const [{ file, width, objects }] = pictures
    expect([width, typeof objects.length]).toEqual([320, 'number'])
    expect((await files.get(`data/${file}`)!()).length).toBeGreaterThan(100)
  })

  it('refuses what is no model', async () => {
    const path = join(folder, 'x.safetensors')
    await writeFile(path, 'no model')
    await expect(collectExplorer({ model: path })).rejects.toMatchObject({ code: 'E_MODEL_FILE' })
    await expect(collectExplorer({ model: join(folder, 'none') })).rejects.toMatchObject({
      code: 'E_MODEL_MISSING',
    })
  })

  it('is written into a new folder, and never over something', async () => {
    const out = join(folder, 'out')
    const files = await writeExplorer({}, out)
    expect(
      (await readdir(out, { recursive: true, withFileTypes: true })).filter((entry) =>
        entry.isFile(),
      ),
    ).toHaveLength(files)
    expect(await readFile(join(out, 'index.html'), 'utf8')).toContain('<div id="app">')
    await expect(writeExplorer({}, out)).rejects.toMatchObject({ code: 'E_OUTPUT_EXISTS' })
    await expect(writeExplorer({}, join(out, 'index.html'))).rejects.toMatchObject({
      code: 'E_OUTPUT_EXISTS',
    })
  })

  it('is served isolated, so that WebAssembly may use threads', async () => {
    await using server = await serveExplorer({}, 0)
    const { status, headers } = await fetch(server.address)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp')
  })
})

describe('serveFiles(files, port)', () => {
  const hello = () => Promise.resolve(new TextEncoder().encode('hello'))
  const files = new Map([['a.txt', hello]])

  it('serves what is in the list, and nothing else', async () => {
    const server = await serveFiles(files, 0)
    const ask = async (path: string, options?: RequestInit) =>
      (await fetch(`${server.address}${path}`, options)).status
    expect(await (await fetch(`${server.address}a.txt?x=1`)).text()).toBe('hello')
    expect(await ask('b.txt')).toBe(404)
    expect(await ask('..%2F..%2Fpackage.json')).toBe(404)
    expect(await ask('%')).toBe(404)
    expect(await ask('a.txt', { method: 'POST' })).toBe(405)
    await server.close()
  })

  it('says that a port is taken', async () => {
    const server = await serveFiles(files, 0)
    const port = Number(new URL(server.address).port)
    await expect(serveFiles(files, port)).rejects.toMatchObject({
      code: 'E_USAGE',
      message: expect.stringContaining('another program uses this one, choose another --port'),
    })
    await server.close()
  })
})
