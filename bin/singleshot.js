#!/usr/bin/env node
import { existsSync } from 'node:fs'

const main = new URL('../dist/cli/main.js', import.meta.url)
if (!existsSync(main)) {
  console.error(
    'singleshot: not built yet; run `npm ci` (or `npm run build`) in the checkout first',
  )
  process.exit(70)
}
const { runMain } = await import(main.href)
await runMain(process.argv.slice(2))
