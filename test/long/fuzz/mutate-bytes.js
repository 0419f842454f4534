/** @file Mutants of files: bytes flipped, cut, copied, spliced, and numbers replaced by extreme ones. */

/** @typedef {import('./random.js').Random} Random */
/** @typedef {{ readonly begin: number, readonly end: number }} Range */

/** Whole numbers at which readers stumble. */
const EXTREMES = [
  0n,
  1n,
  0x7fn,
  0x80n,
  0xffn,
  0x7fffn,
  0x8000n,
  0xffffn,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  0x7fffffffffffffffn,
  0x8000000000000000n,
  0xffffffffffffffffn,
]

/** What a pickle may say, and what it may not. */
const OPCODES = [...'(.01234FGIJKLMNPQRSTUVX]abcdeghijlopqrstu})'].map((code) => code.charCodeAt(0))
OPCODES.push(
  0x80,
  0x81,
  0x82,
  0x85,
  0x86,
  0x87,
  0x88,
  0x89,
  0x8a,
  0x8b,
  0x8c,
  0x90,
  0x92,
  0x93,
  0x95,
)

/**
 * A mutant, made by one to four changes.
 * @param {Random} random
 * @param {Uint8Array} seed
 * @param {{ readonly range?: Range, readonly opcodes?: boolean, readonly other?: Uint8Array }} options where to change,
 * whether with the instructions of pickles, and what to splice with
 * @returns {Uint8Array}
 */
export function mutateBytes(random, seed, { range, opcodes = false, other = seed } = {}) {
  let bytes = Uint8Array.from(seed)
  for (let changes = 1 + random.below(4); changes > 0; changes--) {
    if (bytes.length === 0) return bytes
    const { begin, end } = range ?? { begin: 0, end: bytes.length }
    const at = begin + random.below(Math.max(1, Math.min(end, bytes.length) - begin))
    const kind = random.below(opcodes ? 9 : 7)
    if (kind <= 1) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
    else if (kind === 2) bytes[at] = random.below(256)
    else if (kind === 3) writeExtreme(random, bytes, at)
    else if (kind === 4) copyBlock(random, bytes, at)
    else if (kind === 5 && range === undefined) bytes = bytes.slice(0, at)
    else if (kind === 6 && range === undefined) bytes = splice(random, bytes, at, other)
    else bytes[at] = random.pick(OPCODES)
  }
  return bytes
}

/** @param {Random} random @param {Uint8Array} bytes @param {number} at */
function writeExtreme(random, bytes, at) {
  const width = random.pick([1, 2, 4, 8])
  let value = random.pick(EXTREMES)
  const little = random.chance(0.8)
  for (let i = 0; i < width; i++) {
    const place = at + (little ? i : width - 1 - i)
    if (place < bytes.length) bytes[place] = Number(value & 0xffn)
    value >>= 8n
  }
}

/** @param {Random} random @param {Uint8Array} bytes @param {number} at */
function copyBlock(random, bytes, at) {
  const from = random.below(bytes.length)
  const length = 1 + random.below(64)
  bytes.copyWithin(at, from, Math.min(from + length, bytes.length))
}

/** The beginning of one file and the end of another. */
/** @param {Random} random @param {Uint8Array} bytes @param {number} at @param {Uint8Array} other */
function splice(random, bytes, at, other) {
  const rest = other.subarray(random.below(other.length))
  const result = new Uint8Array(at + rest.length)
  result.set(bytes.subarray(0, at))
  result.set(rest, at)
  return result
}

/**
 * A zip archive of PyTorch with no checksum for its pickle, and where that lies: mutants of it are read further than
 * to the checksum.
 * @param {Uint8Array} zip
 * @returns {{ bytes: Uint8Array, range: Range }}
 */
export function withoutChecksum(zip) {
  const bytes = Uint8Array.from(zip)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at + 46 < bytes.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue
    const name = new TextDecoder().decode(
      bytes.subarray(at + 46, at + 46 + view.getUint16(at + 28, true)),
    )
    if (!name.endsWith('/data.pkl')) continue
    view.setUint32(at + 16, 0, true)
    const header = view.getUint32(at + 42, true)
    const begin =
      header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true)
    return { bytes, range: { begin, end: begin + view.getUint32(at + 24, true) } }
  }
  throw new Error('expected a zip archive with a data.pkl')
}
