/**
 * @file A model file with a checksum: CRC-32 of all its tensors' bytes, one after another, and of its notes. A run
 * that goes on from damaged numbers would waste hours before anybody noticed.
 */
import type { Shape } from '../graph/tensor.ts'
import { type Model, type ReadModelOptions, readModel, writeModel } from './model-file.ts'
import { refusal } from './refuse.ts'
import { crc32 } from './zip/crc32.ts'

/** The bytes of a model file with a checksum among its notes. @param shapes of the weights, by name */
export function writeCheckpoint(model: Model, shapes: ReadonlyMap<string, Shape>): Uint8Array {
  const notes = { ...model.notes, checksum: checksumOf(model) }
  return writeModel({ ...model, notes }, shapes)
}

/**
 * Reads the bytes of a model file and compares its checksum.
 * @param file its name, for messages
 * @throws SingleshotError E_MODEL_FILE as readModel does, and when the checksum is another or missing
 */
export function readCheckpoint(
  bytes: Uint8Array,
  file: string,
  options: ReadModelOptions = {},
): Model {
  const model = readModel(bytes, file, options)
  const { checksum, ...notes } = model.notes
  const refuse = refusal('E_MODEL_FILE', { where: 'readCheckpoint', file })
  if (checksum === undefined)
    throw refuse('expected a checkpoint with a checksum; an earlier version wrote none', 'none')
  const content = { ...model, notes }
  const found = checksumOf(content)
  if (checksum !== found)
    throw refuse(`expected the checksum ${checksum}; the file is damaged`, found)
  return content
}

function checksumOf({ weights, notes }: Model): number {
  let checksum = 0
  for (const { buffer, byteOffset, byteLength } of weights.values())
    checksum = crc32(new Uint8Array(buffer, byteOffset, byteLength), checksum)
  return crc32(new TextEncoder().encode(JSON.stringify(notes)), checksum)
}
