/**
 * @file The network, its loss, and a whole training step as one graph. A table of contents, part of `singleshot/core`.
 */

export type { Answers, GraphTargets } from './loss/answers.ts'
export { binaryLoss } from './loss/class/binary.ts'
export {
  type AnyClassLoss,
  type ClassError,
  type ClassLoss,
  type ClassLossInputs,
  defineClassLoss,
} from './loss/class/class-loss.ts'
export { type ClassLossChoice, classLossOf } from './loss/class/class-losses.ts'
export { focalLoss } from './loss/class/focal.ts'
export { softmaxLoss } from './loss/class/softmax.ts'
export { type AnchorLosses, type LossConfig, type Multibox, multiboxLoss } from './loss/multibox.ts'
export { giouLoss } from './loss/offset/giou.ts'
export { l1Loss } from './loss/offset/l1.ts'
export {
  defineOffsetLoss,
  type OffsetLoss,
  type OffsetLossInputs,
} from './loss/offset/offset-loss.ts'
export type { OffsetLossChoice } from './loss/offset/offset-losses.ts'
export { smoothL1Loss } from './loss/offset/smooth-l1.ts'
export {
  type Backbone,
  type ClassifierFile,
  defineBackbone,
  type HeadStyle,
  type NetworkMap,
  type NetworkPlan,
  type OptionMisfit,
} from './network/backbones/backbone.ts'
export type { NetworkChoice } from './network/backbones/backbones.ts'
export type { NetworkDescription } from './network/description.ts'
export {
  type Activation,
  type BlockOptions,
  type ConvOptions,
  convBlock,
  convolution,
  type NormOptions,
  normalisation,
} from './network/layers.ts'
export {
  type Frozen,
  type Initialiser,
  initialWeights,
  type Mode,
  type Parameter,
  Scope,
  type Statistic,
} from './network/scope.ts'
export { type NetworkAnswers, ssd } from './network/ssd.ts'
export type { OptimiserName } from './optimiser/optimisers.ts'
export type { OptimiserConfig } from './train/optimiser.ts'
export { buildSplitStep, type SplitStep } from './train/split-step.ts'
export { averagedWeights } from './train/state.ts'
export { buildStep, type StepOptions, type TrainingStep } from './train/step.ts'
export { type Model, type ReadModelOptions, readModel } from './weights/model-file.ts'
