/**
 * @file From the bytes of an XML file to its text. A byte order mark decides before anything else, then the encoding
 * that the first line declares (`<?xml version="1.0" encoding="windows-1252"?>`); without either it is UTF-8.
 */
import { SingleshotError } from '../error/singleshot-error.ts'

/** Bytes in which a declaration must have ended. */
const DECLARATION_BYTES = 200

/**
 * The text of an XML file. Bytes that its encoding does not know become U+FFFD.
 * @param file its path, for messages
 * @throws SingleshotError E_XML when it declares an encoding that is not known
 */
export function decodeXml(bytes: Uint8Array, file: string): string {
  const label = markedEncoding(bytes) ?? declaredEncoding(bytes) ?? 'utf-8'
  try {
    return new TextDecoder(label).decode(bytes)
  } catch (cause) {
    throw new SingleshotError('E_XML', {
      where: 'readVoc',
      rule: 'expected a known encoding in the first line',
      got: label,
      file,
      remedy: 'Save the file as UTF-8.',
      cause,
    })
  }
}

/** By a byte order mark, or by the zeros that UTF-16 puts beside the first `<`. */
function markedEncoding([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be'
  return undefined
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, DECLARATION_BYTES))
  const label = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'<>]+)["']/.exec(start)?.[1]
  // A declaration that reads byte by byte is not in UTF-16, whatever it says: .NET writes such files.
  return label !== undefined && /^(utf-?16|ucs-?2|unicode$)/i.test(label.trim())
    ? undefined
    : label?.trim()
}
