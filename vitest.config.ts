import { fileURLToPath } from 'node:url'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  // The site imports the package by its name; its tests read the sources.
  resolve: {
    alias: [
      { find: 'singleshot/core', replacement: here('./src/core.ts') },
      { find: 'singleshot/evaluate', replacement: here('./src/evaluate.ts') },
      { find: 'singleshot/web', replacement: here('./src/web.ts') },
    ],
  },
  test: {
    // A test without an assertion cannot fail; such a test fails here.
    expect: { requireAssertions: true },
    testTimeout: 60_000,
    // The engine uses both cores itself; more than two files at once only slows each one down.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'library',
          include: ['src/**/*.test.ts', 'test/{data,guard,parity}/*.test.ts'],
          // Nothing here changes what another file sees, so a worker loads each module once.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'end to end', include: ['test/end-to-end/*.test.ts'] },
      },
      {
        extends: true,
        // Live state is Svelte's: its modules are compiled, and run as in a browser.
        plugins: [
          svelte({ configFile: false, dynamicCompileOptions: () => ({ generate: 'client' }) }),
        ],
        ssr: { resolve: { conditions: ['browser'] } },
        test: {
          name: 'page code',
          include: ['site/src/**/*.test.ts'],
          server: { deps: { inline: ['svelte'] } },
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          include: ['test/site/*.test.ts'],
          globalSetup: 'test/site/chromium.ts',
          isolate: false,
          // On a busy machine the page may take its time; what it never shows is still missed.
          expect: { requireAssertions: true, poll: { timeout: 60_000 } },
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
