/**
 * @file Where the list of a zip archive's entries is. An archive is read from its end:
 *
 *     entries            header and bytes of each, one after another
 *     directory          one record an entry: name, sizes, place
 *     64-bit record      the directory's place, for archives of 4 GB and more
 *     64-bit locator     the place of that record
 *     end record         the directory's place in 32 bits; all ones: see the 64-bit record
 *
 * (Format: PKWARE's APPNOTE.TXT, 4.3.)
 */
import { ByteReader } from '../byte-reader.ts'
import type { Refuse } from '../refuse.ts'

/** Where the directory is, in bytes of the file. */
export interface ZipDirectory {
  readonly begin: number
  readonly end: number
  /** How many entries it says it has. */
  readonly count: number
}

const END_SIGNATURE = 0x06054b50
const END_BYTES = 22
const LOCATOR_SIGNATURE = 0x07064b50
const LOCATOR_BYTES = 20
const RECORD_SIGNATURE = 0x06064b50
/** A comment may follow the end record; its length is a number of 2 bytes. */
const LONGEST_COMMENT = 0xffff
/** All ones stand for "see the 64-bit record". */
const ALL_ONES_16 = 0xffff
const ALL_ONES_32 = 0xffffffff

/**
 * Finds the directory. Nothing in it is read yet.
 * @throws what `refuse` makes if there is none that fits into the file
 */
export function findZipDirectory(bytes: Uint8Array, refuse: Refuse): ZipDirectory {
  const endAt = findEnd(bytes, refuse)
  const directory = readEnd(bytes, endAt, refuse) ?? readEnd64(bytes, endAt, refuse)
  if (directory.end > endAt)
    throw refuse(
      `expected the list of entries before byte ${endAt}; the file is damaged`,
      `bytes ${directory.begin} to ${directory.end}`,
    )
  return directory
}

/** The place of the end record: the last one whose comment fills the file to its end. */
function findEnd(bytes: Uint8Array, refuse: Refuse): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const last = bytes.length - END_BYTES
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--)
    if (view.getUint32(at, true) === END_SIGNATURE && view.getUint16(at + 20, true) === last - at)
      return at
  throw refuse('expected the end of a zip archive; the file is cut short', `${bytes.length} bytes`)
}

/** What the end record says, or null if it refers to the 64-bit record. */
function readEnd(bytes: Uint8Array, at: number, refuse: Refuse): ZipDirectory | null {
  const end = new ByteReader(bytes, refuse, at + 4)
  const disks = [end.u16(), end.u16()]
  const [countHere, count] = [end.u16(), end.u16()]
  const length = end.u32()
  const begin = end.u32()
  if (count === ALL_ONES_16 || length === ALL_ONES_32 || begin === ALL_ONES_32) return null
  if (disks.some((disk) => disk !== 0) || countHere !== count)
    throw refuse('expected a zip archive in one file', `disk ${disks[0]}`)
  return { begin, end: begin + length, count }
}

function readEnd64(bytes: Uint8Array, endAt: number, refuse: Refuse): ZipDirectory {
  const missing = 'expected the 64-bit record of a large zip archive; the file is damaged'
  if (endAt < LOCATOR_BYTES) throw refuse(missing, 'none')
  const locator = new ByteReader(bytes, refuse, endAt - LOCATOR_BYTES)
  if (locator.u32() !== LOCATOR_SIGNATURE) throw refuse(missing, 'none')
  locator.skip(4)
  const record = new ByteReader(bytes, refuse, locator.u64())
  if (record.u32() !== RECORD_SIGNATURE) throw refuse(missing, 'other bytes')
  record.skip(28)
  const count = record.u64()
  const length = record.u64()
  const begin = record.u64()
  return { begin, end: begin + length, count }
}
