/** @file Every example of the doc comments runs, with the package installed beside it, and prints what it says. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { read, sourceFiles } from '../guard/tree.ts'
import { type Installed, installPackage } from '../support/installed.ts'

interface Example {
  readonly title: string
  readonly code: string
  /** What `// →` says is printed, in order. */
  readonly printed: readonly string[]
}

/** The examples of a file: fenced after `@example`. */
function examplesIn(path: string, text: string): Example[] {
  const found = text.matchAll(/@example\n \* ```js\n([\s\S]*?) \* ```\n[\s\S]*?function (\w+)/g)
  return [...found].map(([, block, name]) => {
    const code = block!.replace(/^ \* ?/gm, '')
    const printed = [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, line]) => line!)
    return { title: `${name} (${path})`, code, printed }
  })
}

const examples = sourceFiles().flatMap((path) => examplesIn(path, read(path)))

let installed: Installed
beforeAll(async () => {
  installed = await installPackage('examples')
  await writeFile(
    join(installed.folder, 'before.mjs'),
    `import { train, writeShapes } from 'singleshot'
    await writeShapes('shapes', { scenes: 20, seed: 1, scene: { size: { width: 96, height: 64 } } })
    const input = { width: 96, height: 64 }
    await train({ data: 'shapes', out: 'run', epochs: 1, input, settings: { batch: 4 } })`,
  )
  await installed.node('before.mjs')
})
afterAll(() => installed.remove())

describe('the example of', () => {
  it.each(examples)('$title prints what it says', async ({ title, code, printed }) => {
    const file = `${title.split(' ')[0]}.mjs`
    await writeFile(join(installed.folder, file), code)
    const { stdout } = await installed.node(file)
    const lines = stdout.split('\n')
    for (const line of printed) expect(lines).toContain(line)
  })

  it('more than ten functions is there', () => {
    expect(examples.length).toBeGreaterThan(10)
    // Nothing would be tested where the block is written in another way.
    const marked = sourceFiles().flatMap((path) => [...read(path).matchAll(/@example$/gm)])
    expect(examples).toHaveLength(marked.length)
  })
})
