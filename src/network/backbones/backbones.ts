/** @file Every backbone of this package. A new one is a file of its own and one line here. */
import type { Tensor } from '../../graph/tensor.ts'
import { type Choice, type ChoiceOf, type OptionsOf, ruleOf } from '../../rule/rule.ts'
import type { Scope } from '../scope.ts'
import type { AnyBackbone } from './backbone.ts'
import { mobileNetBackbone } from './mobilenet-v3.ts'
import { resNetBackbone } from './resnet34.ts'
import { tinyBackbone } from './tiny.ts'
import { vgg16Backbone } from './vgg16.ts'

/** All backbones. */
export const BACKBONES = [tinyBackbone, vgg16Backbone, mobileNetBackbone, resNetBackbone] as const

/** Which backbone, with its options. */
export type NetworkChoice = ChoiceOf<(typeof BACKBONES)[number]>

/** SSD's extra blocks behind VGG16. */
export type Vgg16Extras = OptionsOf<typeof vgg16Backbone>['extras']

/**
 * The backbone that a description chose.
 * @throws SingleshotError E_RULE when it is not ours and was not handed over
 */
export function backboneOf(choice: Choice): AnyBackbone {
  return ruleOf<AnyBackbone>(BACKBONES, choice)
}

/** The feature maps that the heads read, finest first. @param images [N, 3, H, W], normalised */
export function backboneFeatureMaps(
  scope: Scope,
  images: Tensor,
  network: NetworkChoice,
  strides: readonly number[],
): Tensor[] {
  return backboneOf(network).build(network, scope, images, strides)
}
