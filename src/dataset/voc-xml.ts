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
import type { Box, Size } from '../box/box.ts'
import type { ErrorCode } from '../error/codes.ts'
import { type ErrorParts, SingleshotError } from '../error/singleshot-error.ts'
import { classNameFault } from './class-name.ts'
import {
  createXmlReader,
  elementText,
  isElement,
  type XmlElement,
  type XmlOrigin,
} from './xml-element.ts'
import { decodeXml } from './xml-text.ts'

/** One object as the file has it. */
export interface VocObject {
  /** Its place among the file's objects, from 1. */
  readonly number: number
  readonly className: string
  /** Corners in pixels of the picture; finite. */
  readonly box: Box
  readonly difficult: boolean
}

/** One file as it is: nothing checked beyond its shape. */
export interface VocAnnotation {
  /** What the file calls its picture, without folders; undefined if it does not say. */
  readonly filename: string | undefined
  /** Whole pixels; undefined if the file does not say or says 0 (some tools do). */
  readonly size: Size | undefined
  /** The objects that could be read. */
  readonly objects: readonly VocObject[]
  /** What is wrong with the others: E_XML or E_BOX_FORMAT, each naming its object. */
  readonly faults: readonly SingleshotError[]
}

const readXml = createXmlReader(['object'])

/**
 * Reads one annotation.
 * @param content the bytes of the file, or its text
 * @param file its path, for messages
 * @throws SingleshotError E_XML if it is in no known encoding, is not well-formed or not an annotation
 */
export function parseVocXml(content: Uint8Array | string, file: string): VocAnnotation {
  const xml = typeof content === 'string' ? content : decodeXml(content, file)
  const { annotation } = readXml(xml, file)
  if (!isElement(annotation))
    throw fault('E_XML', { rule: 'expected an <annotation> element with content', file })
  const elements = (annotation.object ?? []) as readonly unknown[]
  const readings = elements.map((element, i) => tryObject(element, i + 1, file))
  return {
    filename: elementText(annotation.filename, { file })?.split(/[\\/]/).at(-1),
    size: readSize(annotation.size, file),
    objects: readings.filter(
      (reading): reading is VocObject => !(reading instanceof SingleshotError),
    ),
    faults: readings.filter((reading) => reading instanceof SingleshotError),
  }
}

function tryObject(element: unknown, number: number, file: string): VocObject | SingleshotError {
  try {
    return readObject(isElement(element) ? element : {}, number, file)
  } catch (error) {
    if (error instanceof SingleshotError) return error
    throw error
  }
}

function readObject(fields: XmlElement, number: number, file: string): VocObject {
  const origin = { file, object: `object ${number}` }
  const className = elementText(fields.name, origin)
  if (className === undefined)
    throw fault('E_XML', { rule: 'expected a <name> in every <object>', got: 'none', ...origin })
  const rule = classNameFault(className)
  if (rule !== null) throw fault('E_XML', { rule, got: className, ...origin })
  const named = { file, object: `object ${number} ${className}` }
  const difficult = elementText(fields.difficult, named)?.toLowerCase() ?? '0'
  const box = readBox(fields, named)
  return { number, className, box, difficult: ['1', 'true'].includes(difficult) }
}

/** Elements that other tools write instead of a box. */
const OUTLINES = ['polygon', 'segmentation', 'mask', 'robndbox', 'points', 'point', 'line']

function readBox(fields: XmlElement, origin: XmlOrigin): Box {
  if (!isElement(fields.bndbox)) {
    const outline = OUTLINES.find((name) => name in fields)
    throw fault('E_BOX_FORMAT', {
      rule: 'expected a <bndbox> in every <object>',
      got: outline === undefined ? 'none' : `a <${outline}>`,
      ...origin,
      remedy: outline === undefined ? 'Label the object again.' : 'Export the labels as boxes.',
    })
  }
  const bounds = fields.bndbox
  const texts = EDGES.map((edge) => elementText(bounds[edge], origin))
  const [x1, y1, x2, y2] = texts.map(readNumber) as [number, number, number, number]
  const box = { x1, y1, x2, y2 }
  if (Object.values(box).every(Number.isFinite)) return box
  const got = EDGES.map((edge, i) => `${edge} ${texts[i] === undefined ? 'none' : `"${texts[i]}"`}`)
  const rule = 'expected four decimal numbers'
  throw fault('E_BOX_FORMAT', { rule, got: got.join(', '), ...origin })
}

const EDGES = ['xmin', 'ymin', 'xmax', 'ymax'] as const

/** No picture that can be read has a longer side: larger numbers are slips. */
const LONGEST_SIDE = 1_000_000

function readSize(size: unknown, file: string): Size | undefined {
  if (!isElement(size)) return undefined
  const [width, height] = [size.width, size.height].map((side) => elementText(side, { file }))
  if (width === undefined || height === undefined) return undefined
  const sides = [readNumber(width), readNumber(height)] as const
  if (sides.some((side) => side === 0)) return undefined
  const good = (side: number) => Number.isInteger(side) && side > 0 && side <= LONGEST_SIDE
  if (!sides.every(good)) {
    const rule = `expected a <size> in whole pixels from 1 to ${LONGEST_SIDE}`
    const remedy = 'Correct width and height, or delete <size>: the picture says its own.'
    throw fault('E_XML', { rule, got: `width "${width}", height "${height}"`, file, remedy })
  }
  return { width: sides[0], height: sides[1] }
}

/** Decimal numbers only: `Number` would also take 0x1, 0b11 and an empty text. */
function readNumber(text: string | undefined): number {
  return text !== undefined && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)
    ? Number(text)
    : Number.NaN
}

function fault(code: ErrorCode, parts: Omit<ErrorParts, 'where'>): SingleshotError {
  return new SingleshotError(code, { where: 'readVoc', ...parts })
}
