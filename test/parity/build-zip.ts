/** @file Writes zip archives, honest and hostile, as tests of reading need them. */

/** One entry; what is absent is as it should be. */
export interface EntryPlan {
  readonly name: string
  readonly data: Uint8Array
  /** 0 stored, 8 compressed. */
  readonly method?: number
  readonly flags?: number
  readonly crc32?: number
  /** The length that the list claims. */
  readonly claimedLength?: number
  /** The place of the header that the list claims. */
  readonly claimedPlace?: number
  /** Whether length and place are all ones and the true ones follow in 64 bits. */
  readonly wide?: boolean
}

/** What the end of the archive claims; what is absent is true. */
export interface EndPlan {
  readonly count?: number
  readonly place?: number
  readonly length?: number
  readonly disk?: number
  /** Whether the end is all ones and the truth is in the 64-bit record. */
  readonly wide?: boolean
  readonly comment?: string
}

const ALL_ONES = 0xffffffff

/** The bytes of an archive. */
export function buildZip(entries: readonly EntryPlan[], end: EndPlan = {}): Uint8Array {
  const parts: Uint8Array[] = []
  let at = 0
  const add = (part: Uint8Array) => {
    parts.push(part)
    at += part.length
    return at - part.length
  }
  const records = entries.map((entry) => {
    const place = add(headerOf(entry))
    add(entry.data)
    return recordOf(entry, place)
  })
  const place = at
  records.forEach(add)
  const truth = { count: entries.length, place, length: at - place }
  const claim = { disk: 0, ...truth, ...end }
  if (end.wide) add(record64(claim, at))
  add(endOf(end.wide ? { disk: 0, count: 0xffff, place: ALL_ONES, length: ALL_ONES } : claim, end))
  return join(parts)
}

function headerOf({ name }: EntryPlan): Uint8Array {
  const encoded = new TextEncoder().encode(name)
  // PyTorch leaves sizes out here and writes them after the bytes and in the list; then aligns the bytes.
  const padding = 'FB\x03\x00ZZZ'
  const fields = ['PK\x03\x04', [2, 0], [2, 8], [2, 0], [4, 0], [4, 0], [4, 0], [4, 0]] as const
  return pack([...fields, [2, encoded.length], [2, padding.length], encoded, padding])
}

function recordOf(entry: EntryPlan, place: number): Uint8Array {
  const { name, data, method = 0, flags = 0x808, crc32 = 0 } = entry
  const length = entry.claimedLength ?? data.length
  const at = entry.claimedPlace ?? place
  const encoded = new TextEncoder().encode(name)
  const extra = entry.wide
    ? pack([[2, 9], [2, 1], 'x', [2, 1], [2, 24], ...wides(length, at)])
    : new Uint8Array(0)
  const [narrowLength, narrowAt] = entry.wide ? [ALL_ONES, ALL_ONES] : [length, at]
  const start = ['PK\x01\x02', [4, 0], [2, flags], [2, method], [4, 0], [4, crc32]] as const
  const sizes = [
    [4, narrowLength],
    [4, narrowLength],
    [2, encoded.length],
    [2, extra.length],
    [2, 0],
  ] as const
  return pack([...start, ...sizes, [4, 0], [4, 0], [4, narrowAt], encoded, extra])
}

function wides(length: number, at: number) {
  return [
    [8, length],
    [8, length],
    [8, at],
  ] as const
}

interface Claim {
  readonly disk: number
  readonly count: number
  readonly place: number
  readonly length: number
}

function record64({ count, place, length }: Claim, at: number): Uint8Array {
  const record = ['PK\x06\x06', [8, 44], [4, 0], [4, 0], [4, 0], [8, count], [8, count]] as const
  const locator = ['PK\x06\x07', [4, 0], [8, at], [4, 1]] as const
  return pack([...record, [8, length], [8, place], ...locator])
}

function endOf({ disk, count, place, length }: Claim, { comment = '' }: EndPlan): Uint8Array {
  const start = ['PK\x05\x06', [2, disk], [2, disk], [2, count], [2, count]] as const
  return pack([...start, [4, length], [4, place], [2, comment.length], comment])
}

/** Text, bytes, or a number with its length in bytes before it. */
type Field = string | Uint8Array | readonly [length: number, value: number]

function pack(fields: readonly Field[]): Uint8Array {
  return join(
    fields.map((field) => {
      if (typeof field === 'string') return new TextEncoder().encode(field)
      if (field instanceof Uint8Array) return field
      const bytes = new Uint8Array(8)
      new DataView(bytes.buffer).setBigUint64(0, BigInt(field[1]), true)
      return bytes.subarray(0, field[0])
    }),
  )
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
