/** @file One weight of a head, changed: it is shared, so the same number is added to the same logit in every cell of the map. */
import { classLossOf, type ModelConfig, type Trace } from 'singleshot/core'

/** Which weight: the constant of one class, for one shape of anchor, on one feature map. */
export interface SharedWeight {
  readonly level: number
  readonly shape: number
  /** 0-based, in the model's class list. */
  readonly classId: number
  /** What is added to it. */
  readonly change: number
}

/** The probability of the class in every cell of the map, row by row. */
export function probabilitiesWith(
  trace: Trace,
  { level, shape, classId, change }: SharedWeight,
): number[] {
  const { config, anchors, featureMaps } = trace
  const { firstAnchor, gridWidth, gridHeight, shapes } = featureMaps[level]!
  const columns = config.classes.length + 1
  const cells = gridWidth * gridHeight
  const logits = new Float32Array(cells * columns)
  for (let cell = 0; cell < cells; cell++) {
    const { predicted } = anchors[firstAnchor + cell * shapes.length + shape]!
    logits.set(predicted.logits, cell * columns)
    logits[cell * columns + classId + 1]! += change
  }
  const rows = classLossOf(config.loss.classLoss).probabilityRows(logits, columns)
  return Array.from({ length: cells }, (_, cell) => rows[cell * columns + classId + 1]!)
}

/** Weights of the head of a feature map: 3 x 3 cells of its numbers, for every number that it gives. */
export function headWeights(
  { featureMaps, classes, network }: ModelConfig,
  level: number,
  shapes: number,
): number | null {
  if (network.name !== 'tiny') return null
  const channels = network.channels[Math.log2(featureMaps[level]!.stride) - 1]!
  return 9 * channels * shapes * (classes.length + 1 + 4)
}
