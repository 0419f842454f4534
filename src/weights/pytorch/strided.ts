/**
 * @file A tensor as a way to walk through memory. PyTorch keeps numbers in a storage, a plain row of them,
 * and a tensor says where in it an element is. Several tensors may look at one storage, and a transposed
 * tensor is the same row walked through differently.
 *
 *     place of [i, j, ...] = offset + i · strides[0] + j · strides[1] + ...
 */
import { elementCount, type Floats, type Shape } from '../../graph/tensor.ts'
import { type ElementType, toFloats } from '../element-types.ts'

/** Where the elements are, counted in elements. */
export interface StridedView {
  /** Place of the first. */
  readonly offset: number
  readonly shape: Shape
  /** For each axis, how far the next element along it is; at least 0. */
  readonly strides: readonly number[]
}

/**
 * The smallest storage that holds every element of the view.
 * @returns a count of elements; a view without elements needs none
 */
export function storageNeeded({ offset, shape, strides }: StridedView): number {
  if (elementCount(shape) === 0) return 0
  return shape.reduce((last, length, axis) => last + (length - 1) * strides[axis]!, offset) + 1
}

/**
 * The elements in the order of the shape, last axis fastest.
 * @param bytes the storage, at least `storageNeeded` elements
 */
export function gatherStrided(bytes: Uint8Array, type: ElementType, view: StridedView): Floats {
  const count = elementCount(view.shape)
  if (count === 0 || liesInOrder(view)) {
    const begin = view.offset * type.bytes
    return toFloats(bytes.subarray(begin, begin + count * type.bytes), type)
  }
  const { shape, strides } = view
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const floats = new Float32Array(count)
  // An odometer: the last axis turns, and each full turn moves the axis before it by one.
  const index = shape.map(() => 0)
  let at = view.offset
  for (let i = 0; i < count; i++) {
    floats[i] = type.read(data, at * type.bytes)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += strides[axis]!
      index[axis]! += 1
      if (index[axis]! < shape[axis]!) break
      at -= shape[axis]! * strides[axis]!
      index[axis] = 0
    }
  }
  return floats
}

/** Whether the elements lie one after another; the stride of an axis of length 1 does not matter. */
function liesInOrder({ shape, strides }: StridedView): boolean {
  let inOrder = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== inOrder) return false
    inOrder *= shape[axis]!
  }
  return true
}
