/**
 * @file What a **backbone** is: the layers that turn pictures into feature maps, on which the heads look. Everything that
 * differs between backbones is in its record; what an author leaves out is found by building it.
 *
 * Shapes: N images of H x W pixels, C channels.
 */
import type { Size } from '../../box/box.ts'
import type { Tensor } from '../../graph/tensor.ts'
import type { OptionSchemas, OptionValues } from '../../rule/options.ts'
import type { Rule } from '../../rule/rule.ts'
import type { Scope } from '../scope.ts'

/** What sort of rule a backbone is. */
export const BACKBONE = 'backbone'

/** How a head looks at a feature map. */
export type HeadStyle = 'plain' | 'separable'

/** One feature map: cells across and down (0 where the input is too small for it), and channels. */
export interface NetworkMap extends Size {
  readonly channels: number
}

/** What a network is, counted. */
export interface NetworkPlan {
  /** Every map that heads can read, finest first. */
  readonly maps: readonly NetworkMap[]
  /** Weights below the heads, about; those of layers that are always the same may be left out. */
  readonly weights: number
}

/** Files of a classifier whose first layers this backbone takes over. */
export interface ClassifierFile {
  /** What the file is, for people. */
  readonly title: string
  /** A file is of this kind when it has such a name. */
  readonly sign: RegExp
  /** How names begin with us and in the file; of several that fit, the first. */
  readonly beginnings: readonly (readonly [ours: string, theirs: string])[]
  /** The first layer, where no norm follows that would get used to pictures normalised in another way. */
  readonly rawFirstLayer?: string
}

/** One backbone. */
export interface Backbone<
  Name extends string = string,
  Options extends OptionSchemas = OptionSchemas,
> extends Rule<Name, Options> {
  readonly kind: typeof BACKBONE
  /**
   * Builds it.
   * @param scope where its weights live @param images [N, 3, H, W], normalised
   * @param strides of the feature maps that the description asks for, in input pixels, finest first
   * @returns a map [N, C, ceil(H / stride), ceil(W / stride)] for each stride
   */
  build(
    options: OptionValues<Options>,
    scope: Scope,
    images: Tensor,
    strides: readonly number[],
  ): Tensor[]
  /** How the heads look at a map. Default 'plain': one 3x3 window. */
  readonly head?: HeadStyle
  /**
   * The strides among which a description may choose its feature maps. Left out where all maps that it makes are read.
   */
  strides?(options: OptionValues<Options>): readonly number[]
  /** What the network makes of an input, without building it, however wrong the options are. */
  plan?(options: OptionValues<Options>, input: Size): NetworkPlan
  /** An option that does not fit another; undefined where all fit. */
  misfit?(options: OptionValues<Options>): OptionMisfit | undefined
  readonly classifier?: ClassifierFile
}

/** An option that does not fit another: which, what was expected, and what is there. */
export interface OptionMisfit {
  readonly option: string
  readonly rule: string
  readonly got: unknown
}

/** A backbone whose options are of no interest. */
export type AnyBackbone = Backbone<string, Record<never, never>>

/** A backbone as one record: its options' types follow from their schemas. */
export function defineBackbone<Name extends string, const Options extends OptionSchemas>(
  backbone: Omit<Backbone<Name, Options>, 'kind'>,
): Backbone<Name, Options> {
  return { ...backbone, kind: BACKBONE }
}

/** Channels of one layer: VGG's widest has 1024. */
export const CHANNELS = { type: 'integer', minimum: 1, maximum: 4096 } as const

/** Blocks one after another: after eleven halvings the largest input is one pixel. */
export const MOST_BLOCKS = 11
