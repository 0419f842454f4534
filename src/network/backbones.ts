/** @file Which network makes a model's feature maps. */
import type { ModelConfig } from '../config/model.ts'
import type { Tensor } from '../graph/tensor.ts'
import { mobileNetFeatureMaps } from './mobilenet-v3.ts'
import { resNetFeatureMaps } from './resnet34.ts'
import type { Scope } from './scope.ts'
import { tinyFeatureMaps } from './tiny.ts'
import { vgg16FeatureMaps } from './vgg16.ts'

/** The feature maps that the heads read, finest first. @param images [N, 3, H, W], normalised */
export function backboneFeatureMaps(
  scope: Scope,
  images: Tensor,
  { network, featureMaps }: ModelConfig,
): Tensor[] {
  switch (network.name) {
    case 'tiny': {
      const strides = featureMaps.map((map) => map.stride)
      return tinyFeatureMaps(scope, images, strides, network)
    }
    case 'vgg16':
      return vgg16FeatureMaps(scope, images, network)
    case 'mobilenet-v3-large':
      return mobileNetFeatureMaps(scope, images, network)
    case 'resnet34':
      return resNetFeatureMaps(scope, images, network)
  }
}
