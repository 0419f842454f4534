/**
 * @file The text of a file that a person wrote. Editors and shells of Windows put a byte order mark before it, and some
 * write UTF-16; both are told by the mark.
 */

/** Encodings by the bytes of their mark. */
const MARKS = [
  { encoding: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
] as const

/**
 * The text without its mark.
 * @returns undefined if the bytes are none of the encoding that they claim, UTF-8 without a mark
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const { encoding, mark } = MARKS.find((each) =>
    each.mark.every((byte, i) => bytes[i] === byte),
  ) ?? {
    encoding: 'utf-8',
    mark: [],
  }
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(mark.length),
    )
  } catch {
    return undefined
  }
}
