/** @file How the explorer is built: a static folder that works from any file server, with nothing fetched from elsewhere. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'
import { PAGE_POLICY } from '../src/node/page/page-policy.ts'
import { ESSAY_STYLE, ESSAY_STYLE_FILE, essayPage, essayPictures } from './essay-page.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Many file servers do not know .mjs, and a browser runs no script of unknown kind. */
const assetFileNames = ({ names }: { readonly names: readonly string[] }) =>
  names[0]?.endsWith('.mjs') ? 'assets/ort-[hash].js' : 'assets/[name]-[hash][extname]'

/** Puts the policy at the page's head. While the page is worked on, its scripts change in ways that it forbids. */
const withPolicy: Plugin = {
  name: 'page-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: PAGE_POLICY },
      injectTo: 'head-prepend',
    },
  ],
}

/** Puts the essay beside the page, with its pictures: one file to read, or to print. */
const withEssay: Plugin = {
  name: 'essay',
  apply: 'build',
  generateBundle() {
    const text = readFileSync(here('../docs/ssd-in-plain-english.md'), 'utf8')
    this.emitFile({ type: 'asset', fileName: 'essay.html', source: essayPage(text) })
    this.emitFile({ type: 'asset', fileName: ESSAY_STYLE_FILE, source: ESSAY_STYLE })
    for (const name of essayPictures(text))
      this.emitFile({
        type: 'asset',
        fileName: name,
        source: readFileSync(here(`../docs/${name}`)),
      })
  },
}

export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [svelte({ configFile: false }), withPolicy, withEssay],
  resolve: {
    // The site imports the package as any user would. It is read from its sources, so that a change shows at once.
    alias: [
      { find: 'singleshot/core', replacement: here('../src/core.ts') },
      { find: 'singleshot/web', replacement: here('../src/web.ts') },
    ],
    // ONNX Runtime's own files are served as they are (network/runtime-files.ts), not packed into a script.
    conditions: ['onnxruntime-web-use-extern-wasm', 'module', 'browser', 'development|production'],
  },
  // Packed anew, it would not find its files.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  worker: { format: 'es', rolldownOptions: { output: { assetFileNames } } },
  build: {
    outDir: here('../dist/site'),
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    // Small pictures and the like stay files: a strict server may forbid data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: { output: { assetFileNames } },
  },
})
