/** @file How many classes a foreign detector knows: its head has as many outputs as anchors times classes. */
import { featureMapsOf } from '../../anchor/model-anchors.ts'
import type { ModelConfig } from '../../config/model.ts'
import { classWeightName } from '../../network/head.ts'
import type { StoredTensor } from '../safetensors/safetensors.ts'

/**
 * K, background counted, of a detector's file.
 * @param tensors by plain name @param config the network that the file should be of, with whatever classes
 * @returns null when the file's head is none of this network
 */
export function countClasses(
  tensors: ReadonlyMap<string, StoredTensor>,
  config: ModelConfig,
): number | null {
  const outputs = tensors.get(classWeightName(config))?.shape[0]
  const anchors = featureMapsOf(config)[0]!.shapes.length
  const classes = (outputs ?? 0) / anchors
  return Number.isInteger(classes) && classes >= LEAST ? classes : null
}

/** Background and one object. */
const LEAST = 2
