/**
 * @file The entries of a zip archive, which is what PyTorch has saved into since version 1.6. It stores the
 * bytes as they are, so nothing is unpacked here: an entry is a view of the file, and however an archive is
 * made, reading it takes no more memory than its list of names.
 *
 *     header of an entry     30 bytes, name, extra field, then the bytes
 *     record of the list     46 bytes, name, extra field (64-bit sizes), comment
 *
 * Only the list is believed, and that only as far as it fits: two entries that share bytes, as in an
 * archive that claims more than it holds, are refused. (Format: PKWARE's APPNOTE.TXT, 4.3 and 4.5.)
 */
import { ByteReader } from '../byte-reader.ts'
import { type Refuse, refusal } from '../refuse.ts'
import { findZipDirectory } from './zip-directory.ts'

/** One entry. */
export interface ZipEntry {
  /** A view of the archive, not a copy. */
  readonly data: Uint8Array
  /** The checksum that the archive has for it; not compared yet. */
  readonly crc32: number
}

/** A detector has some hundred tensors, each one entry. */
const MOST_ENTRIES = 100_000
const RECORD_SIGNATURE = 0x02014b50
const HEADER_SIGNATURE = 0x04034b50
const HEADER_BYTES = 30
const STORED = 0
const ENCRYPTED = 1
const EXTRA_64 = 1
/** All ones stand for "see the extra field". */
const ALL_ONES = 0xffffffff

/** A record of the list. */
interface Listed {
  readonly name: string
  readonly length: number
  readonly headerAt: number
  readonly crc32: number
}

/**
 * Reads the entries by name.
 * @param bytes the whole archive
 * @param file its name, for messages
 * @throws SingleshotError E_WEIGHTS_FILE if it is cut short, damaged, compressed or encrypted, or if entries
 * overlap, share a name or are more than 100,000
 */
export function readZip(bytes: Uint8Array, file: string): Map<string, ZipEntry> {
  const refuse = refusal('E_WEIGHTS_FILE', { where: 'readZip', file })
  const directory = findZipDirectory(bytes, refuse)
  if (directory.count > MOST_ENTRIES)
    throw refuse(`expected at most ${MOST_ENTRIES} entries`, directory.count)
  const records = new ByteReader(bytes.subarray(0, directory.end), refuse, directory.begin)
  const listed = Array.from({ length: directory.count }, () => readRecord(records, refuse))
  const entries = new Map<string, ZipEntry>()
  let free = 0
  for (const { name, length, headerAt, crc32 } of listed.sort((a, b) => a.headerAt - b.headerAt)) {
    const begin = dataPlace(bytes, headerAt, refuse)
    if (headerAt < free || begin + length > directory.begin)
      throw refuse(
        `expected the entry ${name} between bytes ${free} and ${directory.begin}; entries overlap or are cut short`,
        `bytes ${headerAt} to ${begin + length}`,
      )
    if (entries.has(name)) throw refuse('expected every entry once', name)
    free = begin + length
    entries.set(name, { data: bytes.subarray(begin, free), crc32 })
  }
  return entries
}

function readRecord(records: ByteReader, refuse: Refuse): Listed {
  if (records.u32() !== RECORD_SIGNATURE)
    throw refuse(`expected an entry of the list at byte ${records.at - 4}`, 'other bytes')
  records.skip(4)
  const flags = records.u16()
  const method = records.u16()
  records.skip(4)
  const crc32 = records.u32()
  const sizes = { stored: records.u32(), length: records.u32() }
  const [nameLength, extraLength, commentLength] = [records.u16(), records.u16(), records.u16()]
  records.skip(8)
  const headerAt = records.u32()
  const name = records.text(nameLength)
  const extra = new ByteReader(records.take(extraLength), refuse)
  records.skip(commentLength)
  if (method !== STORED || flags & ENCRYPTED)
    throw refuse(
      `expected the entry ${name} as PyTorch writes it, neither compressed nor encrypted`,
      `method ${method}, flags ${flags}`,
    )
  return { name, crc32, ...widen({ ...sizes, headerAt }, extra, refuse) }
}

/** Replaces each number that is all ones by the one of 64 bits in the extra field, in this order. */
function widen(
  { length, stored, headerAt }: { length: number; stored: number; headerAt: number },
  extra: ByteReader,
  refuse: Refuse,
): { length: number; headerAt: number } {
  const narrow = [length, stored, headerAt]
  const wide = narrow.includes(ALL_ONES) ? find64(extra, refuse) : extra
  const [wideLength, wideStored, wideHeaderAt] = narrow.map((n) =>
    n === ALL_ONES ? wide.u64() : n,
  )
  if (wideLength !== wideStored)
    throw refuse('expected the two lengths of a stored entry to be equal', [wideLength, wideStored])
  return { length: wideLength!, headerAt: wideHeaderAt! }
}

/** Goes through the parts of an extra field (kind, length, bytes) to the one with the 64-bit numbers. */
function find64(extra: ByteReader, refuse: Refuse): ByteReader {
  for (;;) {
    const kind = extra.u16()
    const part = extra.take(extra.u16())
    if (kind === EXTRA_64) return new ByteReader(part, refuse)
  }
}

/** Where an entry's bytes begin: after its own header, whose name and extra field have their own lengths. */
function dataPlace(bytes: Uint8Array, headerAt: number, refuse: Refuse): number {
  const header = new ByteReader(bytes, refuse, headerAt)
  if (header.u32() !== HEADER_SIGNATURE)
    throw refuse(`expected the header of an entry at byte ${headerAt}`, 'other bytes')
  header.skip(22)
  const lengths = header.u16() + header.u16()
  return headerAt + HEADER_BYTES + lengths
}
