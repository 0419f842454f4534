/** @file The one voice of page, help, errors and explanations: patterns that had to go stay gone. docs/glossary.md has the terms. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const root = new URL('../../', import.meta.url)

const filesIn = (folder: string, pattern: RegExp) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => pattern.test(path) && !/\.test\.ts$/.test(path))
    .map((path) => `${folder}${path.replaceAll('\\', '/')}`)
    .toSorted()

/** What people read in a source file: its texts, and for a component all but code comments and style. */
function wordsOf(path: string): string {
  const source = readFileSync(new URL(path, root), 'utf8')
  if (path.endsWith('.md')) return source.replaceAll(/```[\s\S]*?```/g, '')
  const bare = source
    .replaceAll(/<style>[\s\S]*?<\/style>/g, '')
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1')
  if (path.endsWith('.svelte'))
    return bare.replace(/<script[\s\S]*?<\/script>/, (script) => stringsIn(script))
  return stringsIn(bare)
}

/** String literals, without those that are no prose: no space in them. */
function stringsIn(code: string): string {
  const found = code.match(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? []
  return found.filter((text) => text.includes(' ')).join('\n')
}

const page = filesIn('site/src/', /\.(ts|svelte)$/)
const library = [
  ...filesIn('src/explain/', /\.ts$/),
  ...filesIn('src/cli/', /\.ts$/),
  'src/error/codes.ts',
]

/** Each with what to write instead. */
const PATTERNS: Readonly<Record<string, RegExp>> = {
  'machines output, predict or give; they do not say':
    /\b(anchors?|networks?|cells?|maps?|heads?|it) (says?|said)\b/i,
  'anchors are responsible for objects': /\banswers? for\b/i,
  '“at or above”, not “from … on”': /\bfrom [\d.$]\S* on\b(?! the)/i,
  '“this many”, or a noun': /\b(at least|at most|by up to) so (many|much)\b/i,
  '“per”, not “a”':
    /\b(cells?|anchors?|pictures?|numbers?|shapes?|AP|line|name|runs?) a (cell|class|step|line|picture|anchor|run|map)\b/,
  'state it of the thing: “This picture has no labels”':
    /\bNobody (has|knows|labelled)\b|\bwhoever\b/i,
  '“removed”, not “goes”': /(['"`> ])goes(: |[.'"`<])/,
  '“counts”, and one metaphor: outweigh':
    /\b(takes? part|drowns?|outshouts?|punish(ed)?|blamed?)\b/i,
  '“wide” and “tall”': /\b(a|the) (lying|standing) (ones?|anchors?)\b/i,
  '“correct”; right is a side': /\bthe right (answer|class|way)\b/i,
  'words of another century':
    /\b(wholly|seldom|hardly (be )?(heard|wrong)|in truth|upon each|forth and back|quarrel|heap)\b/i,
  '“90%”, without a space': /\d %/,
  'ln, not −log': /[−-]log\b/,
  '“Table: …” in front': / as a table['"`<]/,
}

/** What people read in a document: all but its code. The log and the changelog tell of the past in its own words. */
const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'site/README.md'],
  ...filesIn('docs/', /\.md$/).filter((path) => path !== 'docs/log.md'),
]

/** Where a pattern stands, as `file: words`. */
function placesOf(pattern: RegExp, files: readonly string[]): string[] {
  return files.flatMap((path) => {
    const found = wordsOf(path).match(
      new RegExp(`.{0,30}(?:${pattern.source}).{0,30}`, pattern.flags),
    )
    return found === null ? [] : [`${path}: ${found[0]}`]
  })
}

describe('what people read', () => {
  it.each(Object.entries(PATTERNS))('%s', (_, pattern) => {
    expect(page.length).toBeGreaterThan(100)
    expect(documents.length).toBeGreaterThan(10)
    expect(placesOf(pattern, [...page, ...library, ...documents])).toEqual([])
  })

  it('has curly quotes in lessons', () => {
    const lessons = page.filter((path) => path.endsWith('lesson.ts'))
    const straight = lessons.filter((path) =>
      /\w'\w|"\w[^"]*"/.test(wordsOf(path).replaceAll(/^'|'$/gm, '')),
    )
    expect(straight).toEqual([])
  })

  it('is found where it stands: the guard sees what it forbids', () => {
    expect(
      PATTERNS['machines output, predict or give; they do not say']!.test('the anchor says cat'),
    ).toBe(true)
    expect(PATTERNS['“at or above”, not “from … on”']!.test('scores from 0.50 on')).toBe(true)
    expect(PATTERNS['“per”, not “a”']!.test('nine anchors a cell')).toBe(true)
    expect(stringsIn("const a = 'b c' // it's")).toBe("'b c'")
  })
})
