/** @file Questions about the text of tests: what makes them pass on one machine and fail on another. */
import ts from 'typescript'

/** Methods of a Playwright page or locator that say what is there at this moment. */
const READS = new Set(
  [
    'textContent innerText innerHTML allInnerTexts allTextContents inputValue getAttribute title',
    'isVisible isHidden isChecked isEnabled isDisabled isEditable count evaluateAll',
  ].flatMap((names) => names.split(' ')),
)

/** What may be awaited inside `expect(...)`: it waits by itself. */
const PATIENT = new Set(['axe'])

/**
 * Where a page's test reads what is shown only once, although the page may not have drawn it yet, as
 * `innerText (line 3)`; inside `expect.poll(...)` it is read until it is as expected.
 */
export function singleReadsIn(text: string): string[] {
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const look = (node: ts.Node, within: 'expect' | 'poll' | null) => {
    const name = calledName(node)
    const single =
      name !== null &&
      within !== 'poll' &&
      ((ts.isCallExpression(node) && isMember(node) && READS.has(name)) ||
        (within === 'expect' && ts.isAwaitExpression(node.parent) && !PATIENT.has(name)))
    if (single) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
      found.push(`${name} (line ${line + 1})`)
    }
    const inside = expectationOf(node) ?? within
    ts.forEachChild(node, (child) => look(child, inside))
  }
  look(file, null)
  return found
}

/** Where a test reads a clock, as `performance.now (line 3)`. */
export function clocksIn(text: string): string[] {
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const look = (node: ts.Node) => {
    const read = ts.isPropertyAccessExpression(node) ? node.getText(file) : ''
    if (['performance.now', 'Date.now', 'process.hrtime'].includes(read)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
      found.push(`${read} (line ${line + 1})`)
    }
    ts.forEachChild(node, look)
  }
  look(file)
  return found
}

/** The last name of what is called: `count` in `page.locator('a').count()`. */
function calledName(node: ts.Node): string | null {
  if (!ts.isCallExpression(node)) return null
  const { expression } = node
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text
  return ts.isIdentifier(expression) ? expression.text : null
}

const isMember = (node: ts.CallExpression) => ts.isPropertyAccessExpression(node.expression)

/** `expect(...)` or `expect.poll(...)`. */
function expectationOf(node: ts.Node): 'expect' | 'poll' | null {
  if (!ts.isCallExpression(node)) return null
  const called = node.expression.getText().replaceAll(/\s/g, '')
  return called === 'expect.poll' ? 'poll' : called === 'expect' ? 'expect' : null
}
