import { describe, expect, it } from 'vitest'
import { clocksIn, singleReadsIn } from './test-source.ts'
import { read, trackedFiles } from './tree.ts'

const tests = trackedFiles().filter((path) => path.endsWith('.test.ts'))
const inTests = (paths: readonly string[], find: (text: string) => string[]) =>
  paths.flatMap((path) => find(read(path)).map((found) => `${path}: ${found}`))

describe('the tests', () => {
  it('of the page never read once what the page may not have drawn yet', () => {
    const ofPage = tests.filter((path) => path.startsWith('test/site/'))
    expect(ofPage.length).toBeGreaterThan(15)
    expect(inTests(ofPage, singleReadsIn)).toEqual([])
  })

  it('read no clock: a slow machine is no fault', () => {
    expect(inTests(tests, clocksIn)).toEqual([])
  })
})

/** What Vitest is told to include, as patterns of whole paths. */
const included = [...read('vitest.config.ts').matchAll(/include: \[([^\]]+)\]/g)]
  .flatMap(([, list]) => [...list!.matchAll(/'([^']+)'/g)].map(([, glob]) => glob!))
  .map((glob) => new RegExp(`^${patternOf(glob)}$`))

/** A glob of our config as a regular expression: folders, names and alternatives. */
function patternOf(glob: string): string {
  return glob
    .replaceAll('.', '\\.')
    .replaceAll(/\{([^}]+)\}/g, (_, names: string) => `(${names.replaceAll(',', '|')})`)
    .replaceAll('**/', '(?:[^/]+/)@')
    .replaceAll('*', '[^/]*')
    .replaceAll('@', '*')
}

describe('every test', () => {
  it('belongs to one project of vitest.config.ts, or it would never run', () => {
    const projects = (path: string) => included.filter((pattern) => pattern.test(path)).length
    expect(included.length).toBeGreaterThan(4)
    expect(tests.filter((path) => projects(path) !== 1)).toEqual([])
  })
})

describe('a single read', () => {
  it('is one outside expect.poll', () => {
    expect(singleReadsIn('const text = await page.locator("a").innerText()')).toEqual([
      'innerText (line 1)',
    ])
    expect(singleReadsIn('expect(await page.title()).toBe("a")')).toEqual(['title (line 1)'])
    expect(singleReadsIn('\nexpect(await page.evaluate("a")).toBe(1)')).toEqual([
      'evaluate (line 2)',
    ])
    expect(singleReadsIn('expect([await number("a")]).toEqual([1])')).toEqual(['number (line 1)'])
  })

  it('is none that is asked again, and no action', () => {
    expect(singleReadsIn('await expect.poll(() => page.title()).toBe("a")')).toEqual([])
    expect(singleReadsIn('await expect\n  .poll(() => a.count()).toBe(1)')).toEqual([])
    expect(singleReadsIn('await number("a").toBe(1)\nexpect(await axe()).toEqual([])')).toEqual([])
    expect(singleReadsIn('const traced = await page.evaluate("trace()")')).toEqual([])
    expect(singleReadsIn('expect(anchors.count).toBe(3)\nawait count(a).toBe(1)')).toEqual([])
  })
})

describe('a clock', () => {
  it('is found in code, not in what is said about it', () => {
    expect(clocksIn('const began = performance.now()')).toEqual(['performance.now (line 1)'])
    expect(clocksIn('\nuse(Date.now)')).toEqual(['Date.now (line 2)'])
    expect(clocksIn('// performance.now()\nconst text = "Date.now()"')).toEqual([])
  })
})
