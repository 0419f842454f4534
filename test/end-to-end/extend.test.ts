/** @file docs/extend.md is one program; it runs here as a user's would, with the package installed beside it. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROOT } from '../guard/tree.ts'
import { type Installed, installPackage } from '../support/installed.ts'

let installed: Installed
beforeAll(async () => {
  installed = await installPackage('extend')
})
afterAll(() => installed.remove())

const blocksOf = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, code]) => code!,
  )

it('the page about rules of one’s own prints what it says, and the command takes its module', async () => {
  const { folder, node } = installed
  const page = await readFile(join(ROOT, 'docs/extend.md'), 'utf8')
  const code = blocksOf(page, 'js')
  const [printed] = blocksOf(page, 'text')
  await writeFile(join(folder, 'program.mjs'), code.join('\n'))
  const { stdout } = await node('program.mjs')
  expect(stdout).toBe(printed)
  const definitions = code.filter((block) =>
    /^(import|const \w+ = (define|0))|^const SHORTEST/.test(block),
  )
  const exported = 'export { stairs, smoothedLoss, squaredLoss, linearCoder, bestFewMatcher }'
  await writeFile(join(folder, 'own-rules.js'), [...definitions, exported].join('\n'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  const command = [
    join(ROOT, 'bin/singleshot.js'),
    'eval',
    '--model',
    'run',
    '--data',
    'shapes',
    '--json',
  ]
  const refused = await node(...command).catch((error) => error)
  expect(refused.stderr).toContain('E_RULE')
  const evaluated = await node(...command, '--rules', 'own-rules.js')
  expect(JSON.parse(evaluated.stdout)).toMatchObject({ images: 4 })
})
