/**
 * @file Reading one Pascal VOC annotation: an XML file that lists the objects of one picture by class
 * name and box.
 *
 * **Which pixel is 1?** The original VOC devkit counts pixels from 1 and includes the last one; most
 * tools that write this format count from 0 and do not. The files do not say which. So xmin, ymin, xmax,
 * ymax are read as they are, as continuous corners (x1, y1, x2, y2), like torchvision does and the numbers
 * published on such data do. On a file of the devkit's own kind that is at most one pixel off.
 *
 * Only shapes are checked here. Whether a box lies in its picture is for `checkBox`.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import type { Box, Size } from '../box/box.ts'
import { SingleshotError } from '../error/singleshot-error.ts'

/** One object as the file has it. */
export interface VocObject {
  readonly className: string
  /** Corners in pixels of the picture; a coordinate that is absent or no number is NaN. */
  readonly box: Box
  readonly difficult: boolean
}

/** One file as it is: nothing checked beyond its shape. */
export interface VocAnnotation {
  /** What the file calls its picture, without folders; undefined if it does not say. */
  readonly filename: string | undefined
  /** Pixels; undefined if the file does not say or says 0 (some tools do). */
  readonly size: Size | undefined
  readonly objects: readonly VocObject[]
}

const parser = new XMLParser({
  // Text stays text, or a class named "1e3" or "007" would turn into a number.
  parseTagValue: false,
  // No entity is expanded by the parser: a few lines of them can be made to fill the memory.
  processEntities: false,
  // One object is a list of one.
  isArray: (name) => name === 'object',
})

/** An XML element by its children's names; a child without children is its text. */
type Element = Readonly<Record<string, unknown>>

/**
 * Reads one annotation.
 * @param xml the text of the file
 * @param file its path, for messages
 * @throws E_XML, naming the line where there is one, if the text is not well-formed, is not an
 * annotation, or has an object without a name
 */
export function parseVocXml(xml: string, file: string): VocAnnotation {
  const wellFormed = XMLValidator.validate(xml)
  if (wellFormed !== true) {
    const { msg, line } = wellFormed.err
    throw notVoc('expected well-formed XML', `line ${line}: ${msg}`, file)
  }
  const { annotation } = parser.parse(xml) as Element
  if (!isElement(annotation))
    throw notVoc('expected an <annotation> element with content', 'none', file)
  const objects = (annotation.object ?? []) as readonly unknown[]
  return {
    filename: readText(annotation.filename)?.split(/[\\/]/).at(-1),
    size: readSize(annotation.size),
    objects: objects.map((object, i) => readObject(object, i, file)),
  }
}

function readObject(object: unknown, i: number, file: string): VocObject {
  const fields = isElement(object) ? object : {}
  const className = readText(fields.name)
  if (className === undefined)
    throw notVoc('expected a <name> in every <object>', 'none', file, `object ${i + 1}`)
  const bounds = isElement(fields.bndbox) ? fields.bndbox : {}
  return {
    className,
    box: {
      x1: readNumber(bounds.xmin),
      y1: readNumber(bounds.ymin),
      x2: readNumber(bounds.xmax),
      y2: readNumber(bounds.ymax),
    },
    difficult: ['1', 'true'].includes(readText(fields.difficult)?.toLowerCase() ?? '0'),
  }
}

function readSize(size: unknown): Size | undefined {
  if (!isElement(size)) return undefined
  const width = readNumber(size.width)
  const height = readNumber(size.height)
  return width > 0 && height > 0 ? { width, height } : undefined
}

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text of an element without children, or undefined if it is absent, empty, or there are several. */
function readText(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  return value.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name]!)
}

/** The five entities that XML itself defines. */
const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
}

function readNumber(value: unknown): number {
  const digits = readText(value)
  return digits === undefined ? Number.NaN : Number(digits)
}

function notVoc(rule: string, got: string, file: string, object?: string): SingleshotError {
  const origin = object === undefined ? { file } : { file, object }
  return new SingleshotError('E_XML', { where: 'readVoc', rule, got, ...origin })
}
