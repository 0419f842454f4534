/**
 * @file The names in a pickle of PyTorch that a state dict needs, and what they stand for here. Numbers are
 * not in the pickle: a tensor says how to walk through a storage, and a storage is a key to bytes elsewhere.
 *
 *     ('storage', torch.FloatStorage, '0', 'cpu', 54)                     a storage of 54 floats, under '0'
 *     torch._utils._rebuild_tensor_v2(storage, 0, (2, 27), (27, 1), ...)  a tensor [2, 27] in it
 *
 * (Source: torch/serialization.py and torch/_utils.py.)
 */
import { elementCount, type Shape } from '../../graph/tensor.ts'
import { ELEMENT_TYPES, type ElementType } from '../element-types.ts'
import type { Refuse } from '../refuse.ts'
import {
  isKind,
  isName,
  isOpaque,
  kindOf,
  type Opaque,
  OrderedDict,
  opaque,
  type PickleName,
  type PickleNames,
} from './pickle-names.ts'
import { type StridedView, storageNeeded } from './strided.ts'

/** A row of numbers outside the pickle. */
export interface Storage {
  readonly kind: 'storage'
  readonly key: string
  readonly type: ElementType
  /** How many elements the pickle says it has; whether it has them is for whoever finds the bytes. */
  readonly count: number
}

/** A tensor, checked to lie within what its storage says it has. */
export interface PickledTensor extends StridedView {
  readonly kind: 'tensor'
  readonly storage: Storage
}

/** A convolution over space and time has 5. */
const MOST_AXES = 8

const TYPE_OF_STORAGE = {
  DoubleStorage: ELEMENT_TYPES.float64,
  FloatStorage: ELEMENT_TYPES.float32,
  HalfStorage: ELEMENT_TYPES.float16,
  BFloat16Storage: ELEMENT_TYPES.bfloat16,
  LongStorage: ELEMENT_TYPES.int64,
  IntStorage: ELEMENT_TYPES.int32,
  ShortStorage: ELEMENT_TYPES.int16,
  CharStorage: ELEMENT_TYPES.int8,
  ByteStorage: ELEMENT_TYPES.uint8,
  BoolStorage: ELEMENT_TYPES.bool,
}
const STORAGE_TYPES: ReadonlyMap<string, ElementType> = new Map(
  Object.entries(TYPE_OF_STORAGE).map(([name, type]) => [`torch ${name}`, type]),
)

const CALLS: Readonly<Record<string, NonNullable<PickleName['call']>>> = {
  'collections OrderedDict': orderedDict,
  'torch Size': ([lengths]) => lengths,
  'torch._utils _rebuild_tensor': rebuildTensor, // until version 0.3
  'torch._utils _rebuild_tensor_v2': rebuildTensor,
  'torch._utils _rebuild_parameter': rebuildParameter,
  'torch._utils _rebuild_parameter_with_state': rebuildParameter,
}

/** What means something in a state dict. */
export const PYTORCH_NAMES: PickleNames = {
  list: new Map<string, PickleName>([
    ...[...STORAGE_TYPES.keys()].map((name) => [name, { kind: 'name', name }] as const),
    ...Object.entries(CALLS).map(([name, call]) => [name, { kind: 'name', name, call }] as const),
  ]),
  find: findStorage,
}

/** Whether a value of the pickle is a tensor. */
export function isTensor(value: unknown): value is PickledTensor {
  return isKind(value, 'tensor')
}

/** Python 3 fills it afterwards; Python 2 calls it with a list of pairs. */
function orderedDict([pairs = []]: readonly unknown[], refuse: Refuse): OrderedDict {
  if (!Array.isArray(pairs)) throw refuse('expected a list of pairs', kindOf(pairs))
  const dict = new OrderedDict()
  // Taken out, not copied: however often a list is named, its entries are gone through once.
  for (const pair of pairs.splice(0)) {
    if (!Array.isArray(pair) || pair.length !== 2) throw refuse('expected a pair', kindOf(pair))
    dict.set(pair[0], pair[1])
  }
  return dict
}

/** What a persistent id stands for; of a kind of numbers that is not known, something opaque. @throws what `refuse` makes if it is no storage */
export function findStorage(id: unknown, refuse: Refuse): Storage | Opaque {
  const [word, name, key, , count, view = null] = Array.isArray(id) ? id : []
  if (word === 'storage' && isOpaque(name)) return opaque(name.name)
  const type = isName(name) ? STORAGE_TYPES.get(name.name) : undefined
  if (word !== 'storage' || type === undefined || typeof key !== 'string' || !isLength(count))
    throw refuse("expected ('storage', type, key, device, count)", kindOf(id))
  if (view !== null)
    throw refuse(
      'expected a whole storage, as PyTorch has written since version 0.4',
      'a part of one',
    )
  return { kind: 'storage', key, type, count }
}

/** What follows the strides says how to train on with the tensor: not asked for here. */
function rebuildTensor(args: readonly unknown[], refuse: Refuse): PickledTensor | Opaque {
  const [storage, offset, shape, strides] = args
  if (isOpaque(storage)) return storage
  if (!isStorage(storage)) throw refuse('expected a tensor in a storage', kindOf(storage))
  if (
    !isLength(offset) ||
    !isLengths(shape) ||
    !isLengths(strides) ||
    shape.length !== strides.length
  )
    throw refuse(
      `expected an offset, and as many lengths as strides, at most ${MOST_AXES}; whole numbers of at least 0`,
      [offset, shape, strides].map(kindOf),
    )
  // Copied: the pickle can still change its own lists.
  const view = { offset, shape: [...shape], strides: [...strides] }
  // A stride of 0 repeats elements, and a few bytes could claim any number of them.
  const [count, needed] = [elementCount(view.shape), storageNeeded(view)]
  if (!(count <= storage.count && needed <= storage.count))
    throw refuse(
      `expected a tensor within its storage of ${storage.count} elements`,
      `lengths ${shape.join(' x ')}, strides ${strides.join(', ')}, offset ${offset}`,
    )
  return { kind: 'tensor', storage, ...view }
}

function rebuildParameter([tensor]: readonly unknown[], refuse: Refuse): PickledTensor | Opaque {
  if (isOpaque(tensor)) return tensor
  if (!isTensor(tensor)) throw refuse('expected a parameter made of a tensor', kindOf(tensor))
  return tensor
}

function isStorage(value: unknown): value is Storage {
  return isKind(value, 'storage')
}

function isLength(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isLengths(value: unknown): value is Shape {
  return Array.isArray(value) && value.length <= MOST_AXES && value.every(isLength)
}
