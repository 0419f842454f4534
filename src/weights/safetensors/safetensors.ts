/**
 * @file The safetensors file format: a list of named tensors, and nothing that can run.
 *
 *     8 bytes      length of the header, little endian
 *     header       JSON: { name: { dtype, shape, data_offsets: [begin, end] }, ..., __metadata__: { key: text } }
 *     data         the tensors' bytes, one after another, without gaps
 *
 * Reading trusts nothing: every length is checked before it is used, so a damaged or hostile file is an
 * error, and memory grows with the file and not with what it claims. (Format: huggingface/safetensors.)
 */
import { elementCount, type Floats, type Shape, type WholeNumbers } from '../../graph/tensor.ts'
import { type Halves, toFloats } from '../element-types.ts'
import { refusal } from '../refuse.ts'
import { readSafetensorsHeader } from './safetensors-header.ts'

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

/** A tensor to write: floats become F32, halves F16, whole numbers I64. */
export interface TensorToStore {
  readonly shape: Shape
  readonly data: Floats | Halves | WholeNumbers
}

/** What to write. */
export interface SafetensorsContent {
  readonly tensors: ReadonlyMap<string, TensorToStore>
  readonly metadata: Safetensors['metadata']
}

/** Which tensors of a file to read. */
export interface ReadOptions {
  /** Whether the tensor of a name is wanted; others are neither converted nor checked. All if absent. */
  readonly keep?: (name: string) => boolean
}

/** A header larger than this is not ours: our largest is under 100 kB. */
const LARGEST_HEADER = 16 * 1024 * 1024
const LENGTH_BYTES = 8

/** The bytes of a file. Tensors are written in the map's order; some readers want whole numbers first, to be aligned. */
export function writeSafetensors({ tensors, metadata }: SafetensorsContent): Uint8Array {
  const header: [name: string, entry: unknown][] = [['__metadata__', metadata]]
  let end = 0
  for (const [name, { shape, data }] of tensors) {
    const begin = end
    end += data.byteLength
    header.push([name, { dtype: kindOf(data), shape, data_offsets: [begin, end] }])
  }
  // Spaces bring the data to a multiple of 8 bytes, so that floats can be read where they lie.
  const text = JSON.stringify(Object.fromEntries(header))
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

function kindOf(data: TensorToStore['data']): string {
  if (data instanceof Float32Array) return 'F32'
  return data instanceof Uint16Array ? 'F16' : 'I64'
}

/**
 * Reads a file's bytes. Numbers of any kind become 32-bit floats; the result shares nothing with the file.
 * @param file its name, for messages
 * @throws SingleshotError E_MODEL_FILE for anything but a whole, well-formed file of kinds of numbers that
 * are known
 */
export function readSafetensors(
  bytes: Uint8Array,
  file: string,
  { keep = () => true }: ReadOptions = {},
): Safetensors {
  const refuse = refusal('E_MODEL_FILE', { where: 'readSafetensors', file })
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
  const data = bytes.subarray(LENGTH_BYTES + headerLength)
  const header = bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + headerLength)
  const { entries, metadata } = readSafetensorsHeader(header, refuse)
  const tensors = new Map<string, StoredTensor>()
  let begin = 0
  for (const { name, type, shape, from, to } of entries) {
    const end = begin + elementCount(shape) * type.bytes
    if (from !== begin || to !== end || to > data.length)
      throw refuse(
        `expected the bytes of ${name} at ${begin} to ${end} of ${data.length}; the file is cut short or damaged`,
        [from, to],
      )
    if (keep(name)) tensors.set(name, { shape, data: toFloats(data.subarray(from, to), type) })
    begin = end
  }
  if (begin !== data.length) throw refuse(`expected ${begin} bytes of tensors`, data.length)
  return { tensors, metadata }
}
