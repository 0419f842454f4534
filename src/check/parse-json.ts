/**
 * @file JSON that somebody wrote, read strictly. `JSON.parse` lets the last of two equal keys win without a word, and
 * whatever is nested a hundred thousand deep breaks each program that walks through it later; both are refused here.
 */

/** Levels of lists and objects inside one another; what is read here needs fewer than ten. */
const DEEPEST = 64

/** Why a text was refused: a rule and what was found. */
export type RefuseText = (rule: string, got: unknown) => Error

/**
 * The value of a JSON text.
 * @param refuse makes the error
 * @throws what `refuse` makes for text that is no JSON, names a key twice in one object, or nests deeper than 64
 */
export function parseJson(text: string, refuse: RefuseText): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw refuse('expected JSON', error instanceof Error ? error.message : error)
  }
  checkNesting(text, refuse)
  return value
}

/** Goes once through a text that is known to be JSON. (A regular expression would need a stack as long as a string.) */
function checkNesting(text: string, refuse: RefuseText): void {
  const open: Set<string>[] = []
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '{' || sign === '[') {
      open.push(new Set())
      if (open.length > DEEPEST) throw refuse(`expected at most ${DEEPEST} levels`, 'more')
    } else if (sign === '}' || sign === ']') open.pop()
    else if (sign === '"') {
      const begin = at
      at = closingQuote(text, at)
      if (isKey(text, at)) note(JSON.parse(text.slice(begin, at + 1)), open.at(-1)!, refuse)
    }
  }
}

function note(key: string, keys: Set<string>, refuse: RefuseText): void {
  if (keys.has(key)) throw refuse('expected every key once in an object', `${key} twice`)
  keys.add(key)
}

/** The place of the quote that ends the string which begins at `at`. */
function closingQuote(text: string, at: number): number {
  let next = at + 1
  while (text[next] !== '"') next += text[next] === '\\' ? 2 : 1
  return next
}

/** Whether a colon follows the string that ends at `at`. */
function isKey(text: string, at: number): boolean {
  let next = at + 1
  while (' \t\r\n'.includes(text[next] ?? '.')) next += 1
  return text[next] === ':'
}
