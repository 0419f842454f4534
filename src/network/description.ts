/** @file What a network is built from. */
import type { AnchorConfig } from '../anchor/model-anchors.ts'
import type { ClassLossChoice } from '../loss/class/class-losses.ts'
import type { NetworkChoice } from './backbones/backbones.ts'

/** The parts of a detector's description that its network follows from. */
export interface NetworkDescription extends AnchorConfig {
  readonly network: NetworkChoice
  /** Class names in class-id order, without background. */
  readonly classes: readonly string[]
  /** The class loss says what a fresh head should answer. */
  readonly loss: { readonly classLoss: ClassLossChoice }
}
