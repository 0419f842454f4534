/** @file Mutants of JSON values and of texts. */

/** @typedef {import('./random.js').Random} Random */

/** Values that no setting expects, and some that nearly fit. */
const VALUES = [
  null,
  true,
  false,
  0,
  -0,
  1,
  2,
  3,
  7,
  12,
  64,
  0.5,
  1.5,
  -1,
  -0.001,
  255,
  256,
  4096,
  65536,
  1e6,
  1e9,
  1e12,
  2 ** 31,
  2 ** 53,
  1e300,
  -1e300,
  5e-324,
  '',
  'a',
  '3',
  '__proto__',
  'constructor',
  'tiny',
  'vgg16',
  'softmax',
  'kept',
  '\u0000',
  '\u001b[31m',
  '\u202e',
  '\ud800',
  [],
  {},
  [[]],
  [0],
  ['x', 'x'],
  { name: 'focal' },
  { __proto__: null },
]

/** @typedef {Record<string, unknown>} Owner */

/**
 * Every place in a value.
 * @param {unknown} value
 * @returns {{ owner: Owner, key: string }[]}
 */
function placesOf(value) {
  if (typeof value !== 'object' || value === null) return []
  const owner = /** @type {Owner} */ (value)
  return Object.keys(owner).flatMap((key) => [{ owner, key }, ...placesOf(owner[key])])
}

/**
 * A copy of a JSON value with one to three changes of its structure.
 * @param {Random} random
 * @param {unknown} seed
 * @returns {any}
 */
export function mutateJson(random, seed) {
  const root = { root: structuredClone(seed) }
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const places = placesOf(root)
    if (places.length === 0) break // nothing is left
    const { owner, key } = random.pick(
      places.length > 1 && random.chance(0.98) ? places.slice(1) : places,
    )
    const other = random.pick(places)
    const kind = random.below(8)
    if (kind <= 3) owner[key] = structuredClone(random.pick(VALUES))
    else if (kind === 4) owner[key] = structuredClone(other.owner[other.key])
    else if (kind === 5) remove(owner, key)
    else if (kind === 6) nudge(random, owner, key)
    else add(random, owner, key)
  }
  return root.root
}

/** @param {Owner} owner @param {string} key */
function remove(owner, key) {
  if (Array.isArray(owner)) owner.splice(Number(key), 1)
  else delete owner[key]
}

/** @param {Random} random @param {Owner} owner @param {string} key */
function nudge(random, owner, key) {
  const value = owner[key]
  if (typeof value === 'number')
    owner[key] = random.pick([value + 1, value - 1, -value, value * 1000, value / 3])
  else if (typeof value === 'string') owner[key] = mutateText(random, value)
  else owner[key] = random.pick(VALUES)
}

/** @param {Random} random @param {Owner} owner @param {string} key */
function add(random, owner, key) {
  if (Array.isArray(owner)) owner.push(structuredClone(owner[random.below(owner.length)]))
  else
    owner[random.pick([`${key}s`, '__proto__', 'constructor', 'toString', 'name'])] =
      random.pick(VALUES)
}

/** Pieces of text at which readers of lists, JSON and XML stumble. */
const TOKENS = [
  '',
  ' ',
  '\n',
  '\r\n',
  '\t',
  '\u0000',
  '\ufeff',
  '\u2028',
  '\uffff',
  '\ud800',
  '<',
  '>',
  '</',
  '/>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?xml?>',
  '<!DOCTYPE a [',
  '<!ENTITY e "x">',
  '&e;',
  '&amp;',
  '&#0;',
  '&#x110000;',
  '&#233;',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\\u0000',
  '-1',
  '1e999',
  'NaN',
  'Infinity',
  '0x10',
  '__proto__',
  'true',
  '1'.repeat(400),
  'a'.repeat(2000),
  '['.repeat(3000),
  '<a>'.repeat(300),
  '{"a":'.repeat(300),
]

/**
 * A text with one to four changes.
 * @param {Random} random
 * @param {string} seed
 * @returns {string}
 */
export function mutateText(random, seed) {
  let text = seed
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const digits = [...text.matchAll(/\d/g)]
    if (digits.length > 0 && random.chance(0.4)) {
      const at = random.pick(digits).index
      text = `${text.slice(0, at)}${random.pick(['9', '0', '00', '-1', '.', '1e9', ''])}${text.slice(at + 1)}`
      continue
    }
    const at = random.below(text.length + 1)
    const length = random.below(Math.min(40, text.length - at + 1))
    const from = random.below(text.length + 1)
    const kind = random.below(6)
    const middle =
      kind <= 1
        ? random.pick(TOKENS)
        : kind === 2
          ? ''
          : kind === 3
            ? text.slice(from, from + 1 + random.below(60))
            : String.fromCharCode(random.below(random.chance(0.8) ? 128 : 65536))
    text =
      text.slice(0, at) + middle + text.slice(kind === 2 || random.chance(0.5) ? at + length : at)
  }
  return text
}
