/** @file How the explorer is built: a static folder that works from any file server, with nothing fetched from elsewhere. */
import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'
import { PAGE_POLICY } from '../src/node/page/page-policy.ts'

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

export default defineConfig({
  root: here('.'),
  base: './',
  plugins: [svelte({ configFile: false }), withPolicy],
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
