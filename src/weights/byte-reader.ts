/** @file A place in a file's bytes that moves forward and never beyond the end. Numbers are little endian. */
import type { Refuse } from './refuse.ts'

/** Reads one thing after another. What does not fit into the bytes is refused before it is touched. */
export class ByteReader {
  /** Place of the next byte. */
  at: number
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #refuse: Refuse

  /** @param refuse makes the error when the bytes end too soon @param at place of the first byte */
  constructor(bytes: Uint8Array, refuse: Refuse, at = 0) {
    this.at = at
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#refuse = refuse
  }

  /** How many bytes are left; below 0 if the place is beyond the end. */
  get left(): number {
    return this.#bytes.length - this.at
  }

  /** The next bytes, as a view: nothing is copied. */
  take(length: number): Uint8Array {
    const begin = this.skip(length)
    return this.#bytes.subarray(begin, begin + length)
  }

  /** Moves on. @returns the place before */
  skip(length: number): number {
    if (length > this.left)
      throw this.#refuse(
        `expected ${length} more bytes at byte ${this.at}; the file is cut short or damaged`,
        Math.max(0, this.left),
      )
    this.at += length
    return this.at - length
  }

  /** The text up to the next line feed, which is left out. @param longest most bytes, line feed included */
  line(longest: number): string {
    const end = this.#bytes.subarray(this.at, this.at + longest).indexOf(LINE_FEED)
    if (end < 0)
      throw this.#refuse(`expected a line of less than ${longest} bytes at byte ${this.at}`, 'none')
    const text = this.text(end)
    this.skip(1)
    return text
  }

  /** UTF-8 text. */
  text(length: number): string {
    const begin = this.at
    try {
      return UTF8.decode(this.take(length))
    } catch (error) {
      if (error instanceof TypeError)
        throw this.#refuse(`expected text in UTF-8 at byte ${begin}`, 'other bytes')
      throw error
    }
  }

  /** An unsigned number of 1 byte. */
  u8(): number {
    return this.#view.getUint8(this.skip(1))
  }

  /** An unsigned number of 2 bytes. */
  u16(): number {
    return this.#view.getUint16(this.skip(2), true)
  }

  /** An unsigned number of 4 bytes. */
  u32(): number {
    return this.#view.getUint32(this.skip(4), true)
  }

  /** A signed number of 4 bytes. */
  i32(): number {
    return this.#view.getInt32(this.skip(4), true)
  }

  /** An unsigned number of 8 bytes; above 2^53 the nearest that fits, which is longer than any file. */
  u64(): number {
    return Number(this.#view.getBigUint64(this.skip(8), true))
  }
}

const LINE_FEED = 10
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
