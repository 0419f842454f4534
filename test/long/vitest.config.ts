import { defineConfig } from 'vitest/config'

/** Tests that take minutes, for whoever changes what they guard. */
export default defineConfig({
  test: { include: ['test/long/**/*.long.ts'], testTimeout: 120_000, maxWorkers: 1 },
})
