/**
 * @file Writing ONNX nodes. Each operator's `lower` rule asks this object for nodes and constants; it keeps
 * them in order and gives every result a name. `target` says which operators the rule may use: 'portable'
 * is plain ONNX that every ONNX Runtime device knows; 'cpu' may also use ONNX Runtime's own operators of
 * the domain com.microsoft, which exist for its CPU device.
 */
import type { Floats, Shape, WholeNumbers } from './tensor.ts'

/** Which operators may be written. */
export type Target = 'cpu' | 'portable'

/** Marks an operator as ONNX Runtime's own, which only the target 'cpu' has. */
export const ORT_DOMAIN = { domain: 'com.microsoft' } as const

/** Which operators a graph for a device may use. @param device its name, as the engine has it: `cpu`, `webgpu` */
export function targetOf(device: string): Target {
  return device === 'cpu' ? 'cpu' : 'portable'
}

/** An attribute of an ONNX node. A whole number is written as int; wrap a float in `{ float }`. */
export type Attribute = number | string | readonly number[] | { readonly float: number }

/** One ONNX node. */
export interface OnnxNode {
  readonly opType: string
  readonly domain: string
  readonly inputs: readonly string[]
  readonly output: string
  /** Names of further outputs that nobody reads, before or after the one that is read. */
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, Attribute>>
}

/** One named block of fixed numbers. */
export interface FixedTensor {
  readonly name: string
  readonly shape: Shape
  readonly data: Floats | WholeNumbers
}

/** Collects the nodes and constants of one graph. */
export class Lowering {
  readonly target: Target
  /** Channels a block of ONNX Runtime's blocked layout; undefined: its operators may not be written. */
  readonly channelBlock: number | undefined
  readonly nodes: OnnxNode[] = []
  readonly initialisers: FixedTensor[] = []
  readonly #shared = new Map<string, string>()
  readonly #emitted = new Map<string, string>()

  /** @param target which operators may be written @param channelBlock see ops/blocked.ts */
  constructor(target: Target, channelBlock?: number) {
    this.target = target
    this.channelBlock = target === 'cpu' ? channelBlock : undefined
  }

  /**
   * Adds a node and returns the name of its result.
   * @param outputIndex which of the node's outputs is the result (others are left unread), default the first
   */
  emit(
    opType: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    { domain = '', outputIndex = 0 }: { domain?: string; outputIndex?: number } = {},
  ): string {
    const output = `${opType}_${this.nodes.length}`
    const outputs = Array.from({ length: outputIndex + 1 }, (_, i) =>
      i === outputIndex ? output : `${output}_unread${i}`,
    )
    this.nodes.push({ opType, domain, inputs, output, outputs, attributes })
    return output
  }

  /** A block of floats; equal small blocks are stored once. */
  floats(data: ArrayLike<number>, shape: Shape = [data.length]): string {
    return this.#share(Float32Array.from(data), shape, 'f')
  }

  /** One float as a scalar. */
  scalar(value: number): string {
    return this.floats([value], [])
  }

  /** Whole numbers (axes, shapes, indices). */
  integers(data: readonly number[], shape: Shape = [data.length]): string {
    return this.#share(BigInt64Array.from(data, BigInt), shape, 'i')
  }

  /** Rearranges elements into another shape of the same count. */
  reshape(name: string, shape: Shape): string {
    return this.emit('Reshape', [name, this.integers([...shape])])
  }

  /** What was emitted under this key before, else what `emit` emits now: for work that several operators need. */
  once(key: string, emit: () => string): string {
    const known = this.#emitted.get(key)
    if (known !== undefined) return known
    const name = emit()
    this.#emitted.set(key, name)
    return name
  }

  #share(data: Floats | WholeNumbers, shape: Shape, prefix: string): string {
    const key = data.length <= 64 ? `${prefix}:${shape.join()}:${data.join()}` : null
    const known = key === null ? undefined : this.#shared.get(key)
    if (known !== undefined) return known
    const name = `constant_${this.initialisers.length}`
    this.initialisers.push({ name, shape, data })
    if (key !== null) this.#shared.set(key, name)
    return name
  }
}
