/**
 * @file Every coder of this package, and the one place that encodes and decodes: training and detection always use the
 * coder that the model's description chose.
 */
import type { Anchors } from '../anchor/anchors.ts'
import type { CentreSizes } from '../box/box.ts'
import { type Choice, type ChoiceOf, ruleOf } from '../rule/rule.ts'
import type { AnyCoder, DecodeAnchor, EncodeAnchor } from './coder.ts'
import { logCoder, OFFSET_SCALE } from './log.ts'
import { tanhCoder } from './tanh.ts'

/** All coders. */
export const CODERS = [logCoder, tanhCoder] as const

/** Which coder, with its options. */
export type CoderChoice = ChoiceOf<(typeof CODERS)[number]>

/** SSD's own. */
export const SSD_BOX_CODER: CoderChoice = { name: 'log', offsetScale: [...OFFSET_SCALE] }

/** Which coder's offsets these are. */
export interface BoxCoderOptions {
  /** Default {@link SSD_BOX_CODER}. */
  readonly boxCoder?: CoderChoice
}

/**
 * Encodes boxes one by one into `offsets` [A, 4].
 * @throws SingleshotError E_RULE when the coder is not ours and was not handed over
 */
export function encoder(
  choice: CoderChoice,
  anchors: Anchors,
  offsets: Float32Array,
): EncodeAnchor {
  return coderOf(choice).encoder(choice, anchors, offsets)
}

/**
 * Decodes anchors one by one into `boxes` [A, 4], centre-size.
 * @throws SingleshotError E_RULE when the coder is not ours and was not handed over
 */
export function decoder(
  choice: CoderChoice,
  anchors: Anchors,
  offsets: Float32Array,
  boxes: CentreSizes,
): DecodeAnchor {
  return coderOf(choice).decoder(choice, anchors, offsets, boxes)
}

/**
 * The coder that a description chose. A choice's options are those of its coder: the description's check has made sure.
 * @throws SingleshotError E_RULE when the coder is not ours and was not handed over
 */
export function coderOf(choice: Choice): AnyCoder {
  return ruleOf<AnyCoder>(CODERS, choice)
}
