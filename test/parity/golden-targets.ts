/** @file The objects of a golden file's pictures, as what a training step is fed. */
import { anchorsOf } from '../../src/anchor/model-anchors.ts'
import type { ModelConfig } from '../../src/config/model.ts'
import { buildTargets, type Targets } from '../../src/match/targets.ts'

/** The objects of one picture, as torchvision has them. */
export interface LabelledObjects {
  /** Corners in pixels of the network's input. */
  readonly boxes: readonly (readonly number[])[]
  /** From 1 on; 0 is background. */
  readonly labels: readonly number[]
}

/** What every anchor should say, picture by picture. */
export function targetsOf(pictures: readonly LabelledObjects[], config: ModelConfig): Targets[] {
  const anchors = anchorsOf(config)
  return pictures.map(({ boxes, labels }) =>
    buildTargets(
      { corners: Float32Array.from(boxes.flat()), classIds: labels.map((label) => label - 1) },
      anchors,
      { ...config.match, boxCoder: config.boxCoder },
    ),
  )
}

/** The same as feeds of a training step: classTargets [N, A] and offsetTargets [N, A, 4]. */
export function targetFeeds(targets: readonly Targets[]) {
  const classTargets = Int32Array.from(targets.flatMap((target) => [...target.classTargets]))
  const offsetTargets = Float32Array.from(targets.flatMap((target) => [...target.offsetTargets]))
  const shape = [targets.length, classTargets.length / targets.length]
  return {
    classTargets: { data: classTargets, shape },
    offsetTargets: { data: offsetTargets, shape: [...shape, 4] },
  }
}
