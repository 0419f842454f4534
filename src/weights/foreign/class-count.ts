/** @file How many classes a foreign detector knows: its head has as many outputs as anchors times classes. */
import { featureMapsOf } from '../../anchor/model-anchors.ts'
import type { ModelConfig } from '../../config/model.ts'
import type { StoredTensor } from '../safetensors/safetensors.ts'

const FIRST_MAP = 'head.classification_head.module_list.0'

/**
 * K, background counted, of a detector's file.
 * @param tensors by plain name @param config the network that the file should be of, with whatever classes
 * @returns null when the file's head is none of this network
 */
export function countClasses(
  tensors: ReadonlyMap<string, StoredTensor>,
  config: ModelConfig,
): number | null {
  // SSDLite's head is two layers, of which the second one answers.
  const answer = config.network.name === 'mobilenet-v3-large' ? '.1' : ''
  const outputs = tensors.get(`${FIRST_MAP}${answer}.weight`)?.shape[0]
  const anchors = featureMapsOf(config)[0]!.shapes.length
  const classes = (outputs ?? 0) / anchors
  return Number.isInteger(classes) && classes >= LEAST ? classes : null
}

/** Background and one object. */
const LEAST = 2
