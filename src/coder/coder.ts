/**
 * @file What a **coder** is: one way to say "move this anchor and stretch it, so that it becomes that box" in four
 * numbers, the offsets. It says the same thing three times: box to offsets for training, offsets to box for detection,
 * and offsets to box inside the graph, for losses that compare boxes and for models that are used elsewhere.
 *
 * The law: `decode(encode(box)) = box`, for every box within the coder's reach.
 *
 * Shapes: N images, A anchors, M boxes; offsets and boxes [A, 4], inside the graph [N, A, 4].
 */
import type { Anchors } from '../anchor/anchors.ts'
import type { CentreSizes } from '../box/box.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { OptionSchemas, OptionValues } from '../rule/options.ts'
import type { Rule } from '../rule/rule.ts'
import type { GraphAnchors } from './graph-boxes.ts'

/** What sort of rule a coder is. */
export const CODER = 'coder'

/** Writes the offsets that carry an anchor onto a box: of boxes [M, 4] centre-size, which one, and onto which anchor. */
export type EncodeAnchor = (boxes: CentreSizes, row: number, anchor: number) => void

/** Moves and stretches one anchor by its offsets: of thousands of anchors few have anything to say. */
export type DecodeAnchor = (anchor: number) => void

/** One coder. Every length is in pixels of the network's input. */
export interface Coder<Name extends string = string, Options extends OptionSchemas = OptionSchemas>
  extends Rule<Name, Options> {
  readonly kind: typeof CODER
  /** Prepares to encode into `offsets` [A, 4]; rows of anchors that are not encoded stay as they are. */
  encoder(options: OptionValues<Options>, anchors: Anchors, offsets: Float32Array): EncodeAnchor
  /** Prepares to decode `offsets` [A, 4] into `boxes` [A, 4], centre-size, not clipped. */
  decoder(
    options: OptionValues<Options>,
    anchors: Anchors,
    offsets: Float32Array,
    boxes: CentreSizes,
  ): DecodeAnchor
  /** The same as {@link Coder.decoder} inside the graph: offsets [N, A, 4] to corners [N, A, 4], with a gradient. */
  decodeGraph(options: OptionValues<Options>, offsets: Tensor, anchors: GraphAnchors): Tensor
}

/** A coder whose options are of no interest. */
export type AnyCoder = Coder<string, Record<never, never>>

/** A coder as one record: its options' types follow from their schemas. */
export function defineCoder<Name extends string, const Options extends OptionSchemas>(
  coder: Omit<Coder<Name, Options>, 'kind'>,
): Coder<Name, Options> {
  return { ...coder, kind: CODER }
}
