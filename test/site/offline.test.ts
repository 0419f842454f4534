/** @file The explorer as static files, from a server that knows nothing but files, with nothing else to reach. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { LESSON_SCENES } from '../../src/dataset/scene-options.ts'
import { generateScene } from '../../src/dataset/shapes.ts'
import type { Detection } from '../../src/detect/detection.ts'
import { detect } from '../../src/node/detect.ts'
import { loadModel } from '../../src/node/model.ts'
import { writeExplorer } from '../../src/node/page/explain.ts'
import { count, useServer, WITHOUT_BROWSER } from './open-site.ts'

const parent = mkdtempSync(join(tmpdir(), 'offline-'))
const folder = join(parent, 'page')
afterAll(() => rmSync(parent, { recursive: true }))

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}

/** Files by name, nothing more: no headers, no types beyond a page's own. */
async function startPlainServer() {
  await writeExplorer({}, folder)
  const server = createServer(async ({ url = '/' }, response) => {
    const path = join(folder, url === '/' ? 'index.html' : decodeURIComponent(url.split('?')[0]!))
    const body = await readFile(path).catch(() => null)
    const type = TYPES[extname(path)] ?? 'application/octet-stream'
    response.writeHead(body === null ? 404 : 200, { 'content-type': type }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}/`,
    close: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

describe.skipIf(WITHOUT_BROWSER)('the explorer as static files', () => {
  const site = useServer(startPlainServer)

  it('detects with the model that comes with it, as Node does', async () => {
    const { page, goTo, complaints } = await site.open()
    await goTo('01-answer')
    const ask =
      'singleshot.network.detect(singleshot.picture.current.image, { scoreThreshold: 0.5 })'
    const here = (await page.evaluate(ask)) as { detections: readonly Detection[] }
    const model = await loadModel(join(folder, 'data', 'model.safetensors'), { threads: 1 })
    const there = await detect(model, generateScene(1, 191, LESSON_SCENES).image)
    await model.close()
    expect(there.length).toBeGreaterThan(2)
    expect(here.detections.map(({ className }) => className)).toEqual(
      there.map(({ className }) => className),
    )
    there.forEach(({ score }, i) => {
      expect(Math.abs(here.detections[i]!.score - score)).toBeLessThan(1e-3)
    })
    // Asking elsewhere would be among the complaints too.
    expect(complaints).toEqual([])
  })

  it('says so when its data is of another version', async () => {
    const { page, goTo } = await site.open()
    await page.route('**/manifest.json', (route) => route.fulfill({ body: '{"version": 99}' }))
    await goTo('01-answer')
    await count(page.locator('[role=alert]', { hasText: /version/ })).toBeGreaterThan(0)
  })

  it('loads less than 150 kB of code before the network', () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8')
    const first = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(
      ([, file]) => file!,
    )
    const bytes = first.map((file) => gzipSync(readFileSync(join(folder, file))).length)
    expect(first.length).toBeGreaterThan(0)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000)
    const runtimes = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.wasm'))
    expect(runtimes).toHaveLength(1)
  })
})
