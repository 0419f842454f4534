import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // A test without an assertion cannot fail; such a test fails here.
    expect: { requireAssertions: true },
    testTimeout: 60_000,
    // The engine uses both cores itself; more than two files at once only slows each one down.
    maxWorkers: 2,
  },
})
