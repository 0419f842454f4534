/**
 * @file The safetensors file format: a list of named tensors, and nothing that can run.
 *
 *     8 bytes      length of the header, little endian
 *     header       JSON: { name: { dtype, shape, data_offsets: [begin, end] }, ..., __metadata__: { key: text } }
 *     data         the tensors' bytes, one after another, without gaps
 *
 * Reading trusts nothing: every length is checked before it is used, so a damaged or hostile file is an
 * error and never more memory than the file itself. (Format: huggingface/safetensors.)
 */
import { SingleshotError } from '../error/singleshot-error.ts'
import { elementCount, type Floats, type Shape } from '../graph/tensor.ts'

/** A tensor in a file. */
export interface StoredTensor {
  readonly shape: Shape
  readonly data: Floats
}

/** What a file holds. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>
  /** Free text by key. */
  readonly metadata: Readonly<Record<string, string>>
}

/** A header larger than this is not ours: our largest is under 100 kB. */
const LARGEST_HEADER = 16 * 1024 * 1024
const LENGTH_BYTES = 8
const FLOAT_BYTES = 4

/** The bytes of a file. Tensors are written in the map's order, as 32-bit floats. */
export function writeSafetensors({ tensors, metadata }: Safetensors): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata }
  let end = 0
  for (const [name, { shape, data }] of tensors) {
    const begin = end
    end += data.length * FLOAT_BYTES
    header[name] = { dtype: 'F32', shape, data_offsets: [begin, end] }
  }
  // Spaces bring the data to a multiple of 8 bytes, so that floats can be read where they lie.
  const text = JSON.stringify(header)
  const encoded = new TextEncoder().encode(text)
  const headerLength = Math.ceil(encoded.length / 8) * 8
  const bytes = new Uint8Array(LENGTH_BYTES + headerLength + end).fill(
    32,
    LENGTH_BYTES,
    LENGTH_BYTES + headerLength,
  )
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true)
  bytes.set(encoded, LENGTH_BYTES)
  let at = LENGTH_BYTES + headerLength
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at)
    at += data.byteLength
  }
  return bytes
}

/**
 * Reads a file's bytes.
 * @param file its name, for messages
 * @throws SingleshotError E_MODEL_FILE for anything but a whole, well-formed file of 32-bit floats
 */
export function readSafetensors(bytes: Uint8Array, file: string): Safetensors {
  const refuse = (rule: string, got: unknown) =>
    new SingleshotError('E_MODEL_FILE', { where: 'readSafetensors', rule, got, file })
  if (bytes.length < LENGTH_BYTES)
    throw refuse('expected a safetensors file of at least 8 bytes', bytes.length)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerLength = Number(view.getBigUint64(0, true))
  const room = Math.min(bytes.length - LENGTH_BYTES, LARGEST_HEADER)
  if (headerLength > room)
    throw refuse(
      `expected a header of at most ${room} bytes; the file is cut short or of another kind`,
      headerLength,
    )
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + headerLength), refuse)
  const { __metadata__: metadata = {}, ...entries } = header
  // A plain view: Node's Buffer, which is also a Uint8Array, does not copy when it is sliced.
  const data = new Uint8Array(
    bytes.buffer,
    bytes.byteOffset + LENGTH_BYTES + headerLength,
    bytes.length - LENGTH_BYTES - headerLength,
  )
  const tensors = new Map<string, StoredTensor>()
  let begin = 0
  const inOrder = Object.entries(entries).sort(([, a], [, b]) => startOf(a) - startOf(b))
  for (const [name, entry] of inOrder) {
    const shape = shapeOf(entry)
    const [from, to] = (entry as { data_offsets: [number, number] }).data_offsets ?? []
    if (shape === null || (entry as { dtype?: unknown }).dtype !== 'F32')
      throw refuse(`expected a 32-bit float tensor ${name}`, entry)
    const length = elementCount(shape) * FLOAT_BYTES
    if (from !== begin || to !== begin + length || to > data.length)
      throw refuse(
        `expected the bytes of ${name} at ${begin} to ${begin + length} of ${data.length}; the file is cut short or damaged`,
        [from, to],
      )
    // Copied, so that the tensor is aligned and does not keep the whole file alive.
    tensors.set(name, { shape, data: new Float32Array(data.slice(from, to).buffer) })
    begin = to
  }
  if (begin !== data.length) throw refuse(`expected ${begin} bytes of tensors`, data.length)
  return { tensors, metadata: metadata as Record<string, string> }
}

type Refusal = (rule: string, got: unknown) => SingleshotError

function parseHeader(bytes: Uint8Array, refuse: Refusal): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof header === 'object' && header !== null && !Array.isArray(header))
      return header as Record<string, unknown>
  } catch {
    // Reported below, with the same words as any other text that is no header.
  }
  throw refuse(
    'expected a JSON header; this is not a safetensors file',
    JSON.stringify(new TextDecoder().decode(bytes.subarray(0, 20))),
  )
}

function startOf(entry: unknown): number {
  return Number((entry as { data_offsets?: [number, number] } | null)?.data_offsets?.[0])
}

/** The entry's shape if it is one: whole lengths of at least 0 whose product is a safe number. */
function shapeOf(entry: unknown): Shape | null {
  const shape = (entry as { shape?: unknown } | null)?.shape
  if (!Array.isArray(shape) || !shape.every((n) => Number.isInteger(n) && n >= 0)) return null
  return Number.isSafeInteger(elementCount(shape) * FLOAT_BYTES) ? shape : null
}
