/**
 * @file What the anchors are told: matching and targets by the library, once as it should be, and once with one of
 * the classic bugs. A bug changes only what is asked for; what the network answers stays the same.
 */
import {
  type Anchors,
  anchorsOf,
  buildTargets,
  type Match,
  type ModelConfig,
  matchObjects,
  packCorners,
  type Size,
  scaleBox,
  type Targets,
} from 'singleshot/core'
import type { DrawnObject } from '../../state/control.ts'

/** Labels not mirrored with their picture; a later object takes an earlier one's anchor; every negative counts. */
export type Bug = 'none' | 'flip' | 'lost' | 'mining'

/** What every anchor is told. */
export interface Situation {
  readonly config: ModelConfig
  readonly anchors: Anchors
  /** As they are labelled, pixels of the picture. */
  readonly objects: readonly DrawnObject[]
  readonly match: Match
  readonly targets: Targets
}

/** What every anchor is told about some objects. @param picture its size, pixels */
export function situationOf(
  config: ModelConfig,
  objects: readonly DrawnObject[],
  picture: Size,
): Situation {
  const anchors = anchorsOf(config)
  const corners = packCorners(objects.map(({ box }) => scaleBox(box, picture, config.input)))
  const classIds = objects.map(({ classId }) => classId)
  const options = { ...config.match, boxCoder: config.boxCoder }
  return {
    config,
    anchors,
    objects,
    match: matchObjects(corners, anchors.corners, options),
    targets: buildTargets({ corners, classIds }, anchors, options),
  }
}

/** The same as it should be; the bug that robs an object of its anchor has its own right way. */
export function rightConfig(config: ModelConfig, bug: Bug): ModelConfig {
  return bug === 'lost' ? { ...config, match: { ...config.match, matcher: 'bipartite' } } : config
}

/** The same with a bug; null where there is none. */
export function withBug(right: Situation, bug: Bug, picture: Size): Situation | null {
  const { config, objects } = right
  if (bug === 'none') return null
  if (bug === 'flip') return situationOf(config, objects.map(mirrored(picture.width)), picture)
  if (bug === 'lost') {
    const match = { ...config.match, matcher: 'overwriting' } as const
    return situationOf({ ...config, match }, objects, picture)
  }
  return { ...right, config: unmined(config, right.anchors.count) }
}

/** Labels of the mirrored picture: left and right change places. */
export const mirrored =
  (width: number) =>
  ({ box, classId }: DrawnObject): DrawnObject => ({
    box: { ...box, x1: width - box.x2, x2: width - box.x1 },
    classId,
  })

/** Every negative counts, and each as much as any other. */
function unmined(config: ModelConfig, count: number): ModelConfig {
  const { classLoss } = config.loss
  const plain =
    'negativesPerPositive' in classLoss
      ? { ...classLoss, negativesPerPositive: count, minimumNegatives: count }
      : ({ name: 'binary' } as const)
  return { ...config, loss: { ...config.loss, classLoss: plain } }
}
