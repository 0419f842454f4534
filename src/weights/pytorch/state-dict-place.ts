/**
 * @file Where in a checkpoint the weights are. Training scripts save a dictionary of many things: the weights, often
 * their running average too, the optimiser's state, the epoch, the arguments.
 *
 * The average comes first: it detects better than the weights themselves, and the scripts that keep one (torchvision's
 * with `--model-ema`, timm's) also measure with it.
 */

import type { Refuse } from '../refuse.ts'
import { isOpaque, kindOf } from './pickle-names.ts'
import { isTensor } from './pytorch-names.ts'

/** Names of the dictionaries that hold a state dict, in the order in which they are looked for. */
export const WRAPPERS = [
  'model_ema',
  'ema',
  'state_dict_ema',
  'ema_state_dict',
  'model',
  'state_dict',
  'model_state_dict',
] as const

/** Names inside such a dictionary, where it holds more than the weights. */
const INNER = [...WRAPPERS, 'module'] as const

/** What a whole module or any other object in the place of weights is answered with. */
export const STATE_DICT_ONLY =
  'expected nothing but tensors and plain values; save only the state dict: torch.save(model.state_dict(), FILE)'

/** A state dict, and the names on the way to it. */
export interface FoundStateDict {
  readonly dict: ReadonlyMap<unknown, unknown>
  /** E.g. `model_ema` or `ema.module`; undefined if the file is the state dict. */
  readonly under: string | undefined
}

/**
 * Finds the state dict of a file.
 * @param root what the file holds
 * @throws what `refuse` makes if there is an object in its place
 */
export function findStateDict(root: unknown, refuse: Refuse): FoundStateDict {
  if (isOpaque(root)) throw refuse(STATE_DICT_ONLY, root.name)
  if (!(root instanceof Map)) throw refuse('expected a dictionary of tensors', kindOf(root))
  // Tensors beside it, such as the state of a random generator, do not make the whole a state dict.
  for (const name of WRAPPERS) {
    const inner = root.get(name)
    if (holdsTensors(inner)) return { dict: inner, under: name }
    const found = inner instanceof Map && INNER.find((key) => holdsTensors(inner.get(key)))
    if (found) return { dict: inner.get(found), under: `${name}.${found}` }
  }
  const other = WRAPPERS.find((name) => isOpaque(root.get(name)))
  if (other === undefined || holdsTensors(root)) return { dict: root, under: undefined }
  // A model that was saved whole, in the place of its weights.
  throw refuse(STATE_DICT_ONLY, `${kindOf(root.get(other))} under ${other}`)
}

function holdsTensors(value: unknown): value is Map<unknown, unknown> {
  return value instanceof Map && [...value.values()].some(isTensor)
}
