/**
 * @file How much a page loads for a few kinds of programs, minified and gzipped, ONNX Runtime left out.
 *
 *     node bench/bundle-sizes.js [FOLDER OF THE PACKAGE]
 */
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

const here = fileURLToPath(new URL('..', import.meta.url))
const root = resolve(process.argv[2] ?? here)
const entry = (/** @type {string} */ name) => JSON.stringify(join(root, 'dist', `${name}.js`))

/** What the programs are, by name; a program that this version of the package has not is left out. */
const PROGRAMS = {
  'all of core': `export * from ${entry('core')}`,
  'nmsPerClass from core': `export { nmsPerClass } from ${entry('core')}`,
  'all of evaluate': `export * from ${entry('evaluate')}`,
  'nmsPerClass from evaluate': `export { nmsPerClass } from ${entry('evaluate')}`,
  'a page that only detects': `
    import { createWebEngine } from ${entry('web')}
    import { compileForDetection, detectImage, readModel } from ${entry('core')}
    export const open = async (bytes) => {
      const { config, weights } = readModel(bytes, 'model')
      const network = await compileForDetection(createWebEngine(), config, weights)
      return (image) => detectImage(network, image)
    }`,
}

for (const [name, code] of Object.entries(PROGRAMS)) {
  const size = await sizeOf(code).catch((error) => ({
    failed: String(error.message).split('\n')[0],
  }))
  console.log(JSON.stringify({ name, ...size }))
}

/** @param {string} code of a program */
async function sizeOf(code) {
  const program = {
    name: 'program',
    resolveId: (/** @type {string} */ id) => (id === 'program' ? '\0program' : null),
    load: (/** @type {string} */ id) => (id === '\0program' ? code : null),
  }
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    root,
    plugins: [program],
    build: {
      write: false,
      minify: true,
      lib: { entry: 'program', formats: ['es'], fileName: 'program' },
      rollupOptions: { input: 'program', external: [/^onnxruntime/, /^node:/] },
    },
  })
  const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []))
  const chunks = outputs.flatMap((chunk) => (chunk.type === 'chunk' ? [chunk] : []))
  const text = chunks.map((chunk) => chunk.code).join('')
  const modules = chunks.flatMap((chunk) =>
    Object.entries(chunk.modules)
      .filter(([, { renderedLength }]) => renderedLength > 0)
      .map(([id]) => id),
  )
  return {
    minifiedKB: kilobytes(text.length),
    gzippedKB: kilobytes(gzipSync(text).length),
    zod: modules.some((id) => id.includes('/node_modules/zod/')),
  }
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return Math.round(bytes / 100) / 10
}
