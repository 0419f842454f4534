/**
 * @file What a tensor is before anything is computed: a promise. It knows its shape and how it will be
 * made, not its numbers. Building a network makes promises; the engine keeps them.
 *
 *     input('x', [8, 3, 240, 320])  ──conv2d──▶  Tensor [8, 16, 120, 160]  ──relu──▶ ...
 *
 * Shapes are static: every length is known while building. That is what lets mistakes be found before the
 * first image is read, and lets the engine plan its memory once.
 */
import type { Operator } from './operator.ts'

/** Lengths, outermost first, e.g. [N, C, H, W]. A scalar has shape []. */
export type Shape = readonly number[]

/** What one element is. Pixels of an exported model are uint8; fed class numbers int32; ONNX's own indices int64. */
export type DataType = 'float32' | 'uint8' | 'int32' | 'int64' | 'bool'

/** Numbers in memory, as the engine reads them. */
export type Floats = Float32Array<ArrayBuffer>
/** Whole numbers in memory. */
export type WholeNumbers = BigInt64Array<ArrayBuffer>

/** Where a tensor comes from. */
export type Source =
  /** Fed from outside at each run: images, targets, weights. */
  | { readonly kind: 'input'; readonly name: string }
  /** Numbers fixed while building. */
  | { readonly kind: 'constant'; readonly data: Floats | WholeNumbers }
  /** Made from other tensors. */
  | {
      readonly kind: 'operation'
      // biome-ignore lint/suspicious/noExplicitAny: operators differ in their attributes; only the operator itself reads them.
      readonly operator: Operator<any>
      readonly inputs: readonly Tensor[]
      readonly attributes: unknown
    }

/** A symbolic tensor. */
export interface Tensor {
  readonly shape: Shape
  readonly dtype: DataType
  readonly source: Source
}

/** A tensor that is fed at each run under this name. */
export function input(name: string, shape: Shape, dtype: DataType = 'float32'): Tensor {
  return { shape, dtype, source: { kind: 'input', name } }
}

/**
 * A tensor of fixed numbers.
 * @param data one number (a scalar) or an array, row after row
 * @param shape lengths whose product is the array's length
 */
export function constant(data: number | ArrayLike<number>, shape: Shape = []): Tensor {
  const values = typeof data === 'number' ? Float32Array.of(data) : Float32Array.from(data)
  return { shape, dtype: 'float32', source: { kind: 'constant', data: values } }
}

/** Fixed whole numbers, for indices. */
export function indices(data: readonly number[], shape: Shape = [data.length]): Tensor {
  const values = BigInt64Array.from(data, BigInt)
  return { shape, dtype: 'int64', source: { kind: 'constant', data: values } }
}

/** How many elements a tensor of this shape has. */
export function elementCount(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1)
}

/** Tensors that others are made from come first (depth-first, each once). */
export function topologicalOrder(outputs: readonly Tensor[]): Tensor[] {
  const order: Tensor[] = []
  const seen = new Set<Tensor>()
  const visit = (tensor: Tensor) => {
    if (seen.has(tensor)) return
    seen.add(tensor)
    if (tensor.source.kind === 'operation') tensor.source.inputs.forEach(visit)
    order.push(tensor)
  }
  outputs.forEach(visit)
  return order
}
