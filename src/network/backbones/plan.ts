/**
 * @file Which feature maps a network makes for an input, and about how many weights it takes: a description that does not
 * hang together, or that would fill the memory, is refused before anything is built. A test builds every network and
 * compares.
 */
import type { Size } from '../../box/box.ts'
import { elementCount, input as pictures } from '../../graph/tensor.ts'
import { Scope } from '../scope.ts'
import type { AnyBackbone, NetworkPlan } from './backbone.ts'
import { backboneOf, type NetworkChoice } from './backbones.ts'
import { sumOf } from './halvings.ts'

/**
 * What a network makes, by its own plan, or by building its graph once, without numbers.
 * @param input pixels @param strides of the feature maps that the description asks for
 * @throws SingleshotError E_RULE when the backbone is not ours and was not handed over
 */
export function planNetwork(
  network: NetworkChoice,
  input: Size,
  strides: readonly number[],
): NetworkPlan {
  const backbone = backboneOf(network)
  return backbone.plan?.(network, input) ?? buildToCount(backbone, network, { input, strides })
}

function buildToCount(
  backbone: AnyBackbone,
  options: NetworkChoice,
  { input: { width, height }, strides }: { input: Size; strides: readonly number[] },
): NetworkPlan {
  const scope = new Scope('evaluate')
  const maps = backbone.build(options, scope, pictures('images', [1, 3, height, width]), strides)
  const weights = scope.parameters.map(({ tensor }) => elementCount(tensor.shape))
  return {
    maps: maps.map(({ shape: [, channels, height, width] }) => ({
      width: width!,
      height: height!,
      channels: channels!,
    })),
    weights: sumOf(weights),
  }
}
