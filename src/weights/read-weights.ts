/** @file Weights from whatever program, read by what the file is and not by what it is called. */
import type { SingleshotError } from '../error/singleshot-error.ts'
import { checkFinite } from './finite.ts'
import { type ForeignWeights, readPyTorch } from './pytorch/pytorch.ts'
import { isPyTorchLegacy } from './pytorch/pytorch-legacy.ts'
import { isZip } from './pytorch/pytorch-zip.ts'
import { refusal } from './refuse.ts'
import { type ReadOptions, readSafetensors } from './safetensors/safetensors.ts'

/** A safetensors file has the length of its header in 8 bytes, and then its header in braces. */
const BRACE_AT = 8
const BRACE = 0x7b

/**
 * Reads the weights in a file's bytes: safetensors, or a state dict that PyTorch saved.
 * @param file its name, for messages
 * @returns tensors by name as 32-bit floats, all finite, and where in a checkpoint they were
 * @throws SingleshotError E_WEIGHTS_FILE for a file of another kind or a damaged one of PyTorch,
 * E_MODEL_FILE for a damaged safetensors file or a wanted weight that is infinite or not a number
 */
export function readWeights(
  bytes: Uint8Array,
  file: string,
  options: ReadOptions = {},
): ForeignWeights {
  if (isZip(bytes) || isPyTorchLegacy(bytes)) return readPyTorch(bytes, file, options)
  if (bytes[BRACE_AT] !== BRACE) throw ofOtherKind(bytes, file)
  const read = readSafetensors(bytes, file, options)
  for (const [name, { data }] of read.tensors)
    checkFinite(data, { where: 'readWeights', name, file })
  return { tensors: read.tensors, under: undefined }
}

function ofOtherKind(bytes: Uint8Array, file: string): SingleshotError {
  const opening = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0'))
  return refusal('E_WEIGHTS_FILE', { where: 'readWeights', file })(
    'expected a safetensors file, or a .pth or .pt file of PyTorch',
    bytes.length === 0 ? 'an empty file' : `a file that begins with the bytes ${opening.join(' ')}`,
  )
}
