/**
 * @file XML text as nested elements, for readers of annotation formats. Whatever the text holds, it comes out as
 * elements or as an E_XML that names the file: nothing of the parser's own escapes.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describeError, SingleshotError } from '../error/singleshot-error.ts'

/** An element by its children's names; a child without children is its text, children of one name are a list. */
export type XmlElement = Readonly<Record<string, unknown>>

/** Where an element stands, for messages. */
export interface XmlOrigin {
  readonly file: string
  /** E.g. `object 3`. */
  readonly object?: string
}

/** The key of text that stood in a CDATA section, where `&` is a character like any other. */
const CDATA = '#cdata'

/**
 * Parses a document.
 * @throws SingleshotError E_XML, naming the line where there is one, if the text is not well-formed or nests too deep
 */
export type XmlReader = (text: string, file: string) => XmlElement

/** What stands before the name of an attribute, where attributes are read. */
export const ATTRIBUTE = '@'

/**
 * Makes a reader.
 * @param lists names of elements that are a list also where there is only one
 * @param attributes whether they are read, as children whose names begin with {@link ATTRIBUTE}; default false
 */
export function createXmlReader(
  lists: readonly string[],
  { attributes = false }: { readonly attributes?: boolean } = {},
): XmlReader {
  const parser = new XMLParser({
    // Text stays text, or a class named "1e3" or "007" would turn into a number.
    parseTagValue: false,
    // No entity is expanded by the parser: a few lines of them can be made to fill the memory.
    processEntities: false,
    cdataPropName: CDATA,
    ignoreAttributes: !attributes,
    attributeNamePrefix: ATTRIBUTE,
    parseAttributeValue: false,
    isArray: (name) => lists.includes(name),
  })
  return (text, file) => {
    try {
      const wellFormed = XMLValidator.validate(text)
      if (wellFormed === true) return parser.parse(text) as XmlElement
      const { msg, line } = wellFormed.err
      throw refuse('expected well-formed XML', `line ${line}: ${msg}`, { file })
    } catch (cause) {
      if (cause instanceof SingleshotError) throw cause
      throw refuse('expected plain XML', describeError(cause), { file }, cause)
    }
  }
}

/** Whether a child has children of its own. */
export function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The text of an element without children, or undefined if it is absent, empty, or there are several.
 * @throws SingleshotError E_XML where it refers to an entity that XML does not define, or to no character
 */
export function elementText(value: unknown, origin: XmlOrigin): string | undefined {
  if (isElement(value) && CDATA in value) {
    if (typeof value[CDATA] === 'string' && !('#text' in value)) return value[CDATA] || undefined
    throw refuse('expected text or one CDATA section, not both', 'both', origin)
  }
  if (typeof value !== 'string' || value === '') return undefined
  return value.replace(/&([^;]*);/g, (reference, name: string) => {
    const character = name.startsWith('#') ? numbered(name.slice(1)) : ENTITIES.get(name)
    if (character === undefined)
      throw refuse('expected references that XML itself defines', reference, origin)
    return character
  })
}

/** The five entities that XML itself defines. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
])

/** The character of `233` or `xE9`; undefined where XML allows none of that number. */
function numbered(digits: string): string | undefined {
  if (!/^(\d{1,7}|x[\da-f]{1,6})$/i.test(digits)) return undefined
  const code = Number(/^x/i.test(digits) ? `0${digits}` : digits)
  const allowed =
    [0x9, 0xa, 0xd].includes(code) ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  return allowed ? String.fromCodePoint(code) : undefined
}

function refuse(rule: string, got: string, origin: XmlOrigin, cause?: unknown): SingleshotError {
  return new SingleshotError('E_XML', { where: 'readXml', rule, got, ...origin, cause })
}
