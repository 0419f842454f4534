/**
 * @file A model for PyTorch: its weights under their names and nothing else, as `model.state_dict()` has them.
 * The names of `ssd300` and `ssdlite320` are torchvision's, so that `load_state_dict` takes the file as it is.
 *
 * PyTorch's batch norm also counts the batches it has seen, a whole number that only decides how its running
 * statistics would go on; it refuses a state dict without it.
 */
import {
  type StoredTensor,
  type TensorToStore,
  writeSafetensors,
} from '../safetensors/safetensors.ts'

/** What every batch norm measures, and what PyTorch counts beside it. */
const MEASURED = /(^|\.)running_mean$/
const COUNTED = '$1num_batches_tracked'

/** Facts about the training that the file tells. */
export interface StateDictOptions {
  /** Batches that the batch norms have seen, a whole number >= 0. Default 0. */
  readonly batches?: number
}

/**
 * The bytes of a safetensors file: 32-bit floats, and one 64-bit whole number a batch norm.
 * @param weights by name, running statistics among them
 */
export function writeStateDict(
  weights: ReadonlyMap<string, StoredTensor>,
  { batches = 0 }: StateDictOptions = {},
): Uint8Array {
  const tensors = new Map<string, TensorToStore>()
  for (const name of weights.keys())
    if (MEASURED.test(name))
      tensors.set(name.replace(MEASURED, COUNTED), {
        shape: [],
        data: BigInt64Array.of(BigInt(batches)),
      })
  for (const [name, tensor] of weights) tensors.set(name, tensor)
  return writeSafetensors({ tensors, metadata: { format: 'pt' } })
}
