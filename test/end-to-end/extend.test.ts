/** @file docs/extend.md is one program; it runs here as a user's would, with the package installed beside it. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROOT } from '../guard/tree.ts'

const run = promisify(execFile)

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'singleshot-extend-'))
  await mkdir(join(folder, 'node_modules'))
  await symlink(ROOT, join(folder, 'node_modules', 'singleshot'), 'junction')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const blocksOf = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, code]) => code!,
  )

it('the page about rules of one’s own prints what it says, and the command takes its module', async () => {
  const page = await readFile(join(ROOT, 'docs/extend.md'), 'utf8')
  const code = blocksOf(page, 'js')
  const [printed] = blocksOf(page, 'text')
  await writeFile(join(folder, 'program.mjs'), code.join('\n'))
  const { stdout } = await run(process.execPath, ['program.mjs'], { cwd: folder })
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
  const refused = await run(process.execPath, command, { cwd: folder }).catch((error) => error)
  expect(refused.stderr).toContain('E_RULE')
  const evaluated = await run(process.execPath, [...command, '--rules', 'own-rules.js'], {
    cwd: folder,
  })
  expect(JSON.parse(evaluated.stdout)).toMatchObject({ images: 4 })
})
