/** @file The header of a safetensors file: JSON that says of each tensor what it is and where it lies. */
import { elementCount, type Shape } from '../../graph/tensor.ts'
import { ELEMENT_TYPES, type ElementType } from '../element-types.ts'
import type { Refuse } from '../refuse.ts'

/** What the header says of one tensor; whether it fits the file is not known yet. */
export interface SafetensorsEntry {
  readonly name: string
  readonly type: ElementType
  /** Its count of bytes is a safe number. */
  readonly shape: Shape
  /** First byte, counted from the end of the header. */
  readonly from: number
  /** The byte after the last. */
  readonly to: number
}

/** A header, read. */
export interface SafetensorsHeader {
  /** In the order in which they lie in the file, which need not be that of the header. */
  readonly entries: readonly SafetensorsEntry[]
  /** Free text by key. */
  readonly metadata: Readonly<Record<string, string>>
}

const TYPES: ReadonlyMap<unknown, ElementType> = new Map<unknown, ElementType>([
  ['F64', ELEMENT_TYPES.float64],
  ['F32', ELEMENT_TYPES.float32],
  ['F16', ELEMENT_TYPES.float16],
  ['BF16', ELEMENT_TYPES.bfloat16],
  ['I64', ELEMENT_TYPES.int64],
  ['I32', ELEMENT_TYPES.int32],
  ['I16', ELEMENT_TYPES.int16],
  ['I8', ELEMENT_TYPES.int8],
  ['U8', ELEMENT_TYPES.uint8],
  ['BOOL', ELEMENT_TYPES.bool],
])

/** A JSON object: its own keys are all that is looked at, whatever their names. */
type Json = Readonly<Record<string, unknown>>

/**
 * Reads a header.
 * @param bytes the header and nothing else
 * @throws what `refuse` makes if it is no JSON, or an entry is not what a tensor's must be
 */
export function readSafetensorsHeader(bytes: Uint8Array, refuse: Refuse): SafetensorsHeader {
  const { __metadata__: metadata = {}, ...tensors } = parse(bytes, refuse)
  if (!isText(metadata)) throw refuse('expected metadata of text by key', 'something else')
  const entries = Object.entries(tensors).map(([name, entry]) => readEntry(name, entry, refuse))
  // A tensor without elements begins where the next one does, and ends there.
  return { entries: entries.sort((a, b) => a.from - b.from || a.to - b.to), metadata }
}

function parse(bytes: Uint8Array, refuse: Refuse): Json {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (isObject(header)) return header
  } catch {
    // Reported below, with the same words as any other text that is no header.
  }
  throw refuse(
    'expected a JSON header; this is not a safetensors file',
    JSON.stringify(new TextDecoder().decode(bytes.subarray(0, 20))),
  )
}

function readEntry(name: string, entry: unknown, refuse: Refuse): SafetensorsEntry {
  const { dtype, shape, data_offsets: offsets }: Json = isObject(entry) ? entry : {}
  const type = TYPES.get(dtype)
  if (type === undefined)
    throw refuse(
      `expected the tensor ${name} to be of a known kind (${[...TYPES.keys()].join(', ')})`,
      typeof dtype === 'string' ? dtype : 'no dtype',
    )
  if (!isLengths(shape) || !Number.isSafeInteger(elementCount(shape) * type.bytes))
    throw refuse(
      `expected the tensor ${name} to have a shape, whole lengths of at least 0 whose product can be counted`,
      isLengths(shape) ? shape : 'something else',
    )
  if (!isLengths(offsets) || offsets.length !== 2)
    throw refuse(`expected the tensor ${name} to have two data_offsets`, 'something else')
  return { name, type, shape, from: offsets[0]!, to: offsets[1]! }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string')
}

function isLengths(value: unknown): value is Shape {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0)
}
