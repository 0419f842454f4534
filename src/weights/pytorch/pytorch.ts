/**
 * @file Weights that PyTorch saved, read without PyTorch and without running anything (see pickle.ts).
 *
 * A **state dict** is a dictionary of tensors by name, which is what `torch.save(model.state_dict(), FILE)`
 * saves. A training script often saves it beside other things.
 */
import { elementCount, type Floats } from '../../graph/tensor.ts'
import { checkFinite } from '../finite.ts'
import { type Refuse, refusal } from '../refuse.ts'
import type { ReadOptions, StoredTensor } from '../safetensors/safetensors.ts'
import { isOpaque, kindOf } from './pickle-names.ts'
import { isPyTorchLegacy, readPyTorchLegacy } from './pytorch-legacy.ts'
import { isTensor, type PickledTensor } from './pytorch-names.ts'
import { type PyTorchFile, readPyTorchZip } from './pytorch-zip.ts'
import { findStateDict, STATE_DICT_ONLY, WRAPPERS } from './state-dict-place.ts'
import { gatherStrided } from './strided.ts'

/** What a file of another program holds. */
export interface ForeignWeights {
  /** By name, in the order of the file. */
  readonly tensors: ReadonlyMap<string, StoredTensor>
  /** Where in the checkpoint they were, e.g. `model_ema`; undefined for a state dict alone. */
  readonly under: string | undefined
}

/**
 * Reads a `.pth` or `.pt` file's bytes: a state dict, alone or where training scripts put it (state-dict-place.ts).
 * Numbers of any kind become 32-bit floats; the result shares nothing with the file. Whatever else a checkpoint holds
 * is passed over.
 * @param file its name, for messages
 * @throws SingleshotError E_WEIGHTS_FILE if it is damaged or has something else than a tensor where one is wanted,
 * E_MODEL_FILE if a wanted weight is infinite or not a number
 */
export function readPyTorch(
  bytes: Uint8Array,
  file: string,
  { keep = () => true }: ReadOptions = {},
): ForeignWeights {
  const refuse = refusal('E_WEIGHTS_FILE', { where: 'readPyTorch', file })
  const saved = isPyTorchLegacy(bytes)
    ? readPyTorchLegacy(bytes, file)
    : readPyTorchZip(bytes, file)
  const { dict, under } = findStateDict(saved.root, refuse)
  const wanted = tensorsOf(dict, keep, refuse)
  checkTotal(wanted, bytes.length, refuse)
  const tensors = new Map<string, StoredTensor>()
  for (const [name, tensor] of wanted) {
    const data = numbersOf(tensor, saved, refuse)
    checkFinite(data, { where: 'readPyTorch', name, file })
    tensors.set(name, { shape: tensor.shape, data })
  }
  return { tensors, under }
}

function tensorsOf(
  dict: ReadonlyMap<unknown, unknown>,
  keep: (name: string) => boolean,
  refuse: Refuse,
): Map<string, PickledTensor> {
  const tensors = new Map<string, PickledTensor>()
  for (const [name, value] of dict) {
    if (typeof name !== 'string') throw refuse('expected names that are text', kindOf(name))
    if (!keep(name)) continue
    if (isOpaque(value)) throw refuse(STATE_DICT_ONLY, `${value.name} under ${name}`)
    if (!isTensor(value))
      throw refuse(
        `expected a tensor under every name, or a dictionary of tensors under ${WRAPPERS.join(', ')}`,
        `${kindOf(value)} under ${name}`,
      )
    tensors.set(name, value)
  }
  return tensors
}

/**
 * Tensors may share a storage, and a file of a few kilobytes could name one megabyte a thousand times. An
 * element that is not shared takes at least a byte of the file, so honest files are far below this.
 */
function checkTotal(
  tensors: ReadonlyMap<string, PickledTensor>,
  fileLength: number,
  refuse: Refuse,
): void {
  let total = 0
  for (const { shape } of tensors.values()) total += elementCount(shape)
  if (total > fileLength)
    throw refuse(`expected at most ${fileLength} elements in a file of as many bytes`, total)
}

function numbersOf(
  { storage, ...view }: PickledTensor,
  { storages }: PyTorchFile,
  refuse: Refuse,
): Floats {
  const bytes = storages.get(storage.key)
  const needed = storage.count * storage.type.bytes
  if (bytes === undefined || bytes.length < needed)
    throw refuse(`expected ${needed} bytes in storage ${storage.key}`, bytes?.length ?? 'none')
  return gatherStrided(bytes, storage.type, view)
}
