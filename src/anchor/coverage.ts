/**
 * @file Do the anchors fit the objects? Training can only teach an object well when some anchor already
 * lies roughly over it, so before training we ask of every object: what is the best IoU any anchor has with
 * it? Many objects below .5 mean that the anchors have the wrong sizes, shapes or spacing for this dataset.
 *
 *     bestIou[i] = max over the anchors a of IoU(object i, a)
 *
 * Shapes: A anchors, M objects of an image.
 */
import { boxAt, packCorners, type Size } from '../box/box.ts'
import { boxIou, rowIou } from '../box/iou.ts'
import { scaleBox } from '../box/scale.ts'
import type { Example } from '../dataset/dataset.ts'
import type { Anchors } from './anchors.ts'

/** What {@link measureCoverage} needs besides the anchors. */
export interface CoverageOptions {
  /** The network's input, pixels: every image is warped to it. */
  readonly input: Size
  /** IoU levels to report the share of objects for. .5 is the level at which an anchor becomes positive. */
  readonly levels?: readonly number[]
}

/** One object and the anchor that fits it best. */
export interface ObjectCoverage {
  /** The example's id. */
  readonly exampleId: string
  /** 0-based position among the example's objects. */
  readonly objectIndex: number
  /** Row of the best anchor (the lowest one of several equally good); -1 when none overlaps. */
  readonly anchor: number
  /** 0..1 */
  readonly bestIou: number
}

/** How well the anchors fit a dataset. */
export interface Coverage {
  /** Every object, in dataset order. */
  readonly objects: readonly ObjectCoverage[]
  /** Mean best IoU, 0..1; 0 when there are no objects. */
  readonly meanBestIou: number
  /** For each level the share of objects whose best IoU reaches it, 0..1; 0 when there are no objects. */
  readonly shares: readonly { readonly level: number; readonly share: number }[]
}

/**
 * Measures how well anchors fit the objects of a dataset.
 * @param examples images with boxes in pixels of the original
 * @param anchors in pixels of the network's input
 */
export function measureCoverage(
  examples: readonly Example[],
  anchors: Anchors,
  { input, levels = [0.3, 0.5, 0.7] }: CoverageOptions,
): Coverage {
  const objects = examples.flatMap((example) => coverExample(example, anchors, input))
  const shareOf = (level: number) => mean(objects.map(({ bestIou }) => (bestIou >= level ? 1 : 0)))
  return {
    objects,
    meanBestIou: mean(objects.map(({ bestIou }) => bestIou)),
    shares: levels.map((level) => ({ level, share: shareOf(level) })),
  }
}

function coverExample(example: Example, anchors: Anchors, input: Size): ObjectCoverage[] {
  const scaled = example.objects.map(({ box }) => scaleBox(box, example.size, input))
  const corners = packCorners(scaled)
  return scaled.map((box, objectIndex) => {
    const anchor = bestAnchor(corners, objectIndex, anchors)
    const bestIou = anchor < 0 ? 0 : boxIou(box, boxAt(anchors.corners, anchor))
    return { exampleId: example.id, objectIndex, anchor, bestIou }
  })
}

function bestAnchor(corners: Float32Array, row: number, anchors: Anchors): number {
  let best = -1
  let bestIou = 0
  for (let a = 0; a < anchors.count; a++) {
    const iou = rowIou(corners, row, anchors.corners, a)
    if (iou > bestIou) {
      best = a
      bestIou = iou
    }
  }
  return best
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
