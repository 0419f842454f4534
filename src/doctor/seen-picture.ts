/**
 * @file What a network says of a labelled picture: how far it supports each label, and what it finds that may be one.
 *
 *     probabilities, offsets ─▶ detections, one per place ─┐
 *     labels ──────────────────────────────────────────────┴▶ pairs of a label and a detection, by overlap
 *
 * Several networks of one kind (snapshots of a run) answer as one: the mean of their answers, anchor by anchor.
 *
 * Shapes: A anchors, K classes with background.
 */
import type { Anchors } from '../anchor/anchors.ts'
import type { Size } from '../box/box.ts'
import { cornersAt } from '../box/convert.ts'
import { boxIou } from '../box/iou.ts'
import { scaleBox } from '../box/scale.ts'
import { decoder } from '../coder/coders.ts'
import type { ModelConfig } from '../config/model.ts'
import type { GroundTruth } from '../dataset/dataset.ts'
import type { Detection } from '../detect/detection.ts'
import { selectFromProbabilities } from '../detect/select.ts'

/** The answers of a network to one picture. */
export interface AnchorAnswers {
  /** [A, K] */
  readonly probabilities: Float32Array
  /** [A, 4] */
  readonly offsets: Float32Array
}

/** A label, and what the network says of it. */
export interface SeenLabel {
  readonly label: GroundTruth
  /** For each class without background: the best probability of an anchor whose box lies on the label, 0..1. */
  readonly support: readonly number[]
  /** The detection that is taken for this object; undefined where there is none. */
  readonly detection: Detection | undefined
  /** Overlap of the two boxes, 0..1; 0 without a detection. */
  readonly iou: number
  /**
   * Best overlap of the label with the box of an anchor that is nearly as sure as the surest near it, 0..1: where no box
   * fits, the label is drawn otherwise than the network has learned to draw.
   */
  readonly fit: number
}

/** A labelled picture as the network sees it. */
export interface SeenPicture {
  readonly labels: readonly SeenLabel[]
  /** Detections that belong to no label, best first. */
  readonly unlabelled: readonly Detection[]
}

/** Score from which a detection is looked at. */
const LEAST_SCORE = 0.1
/** Overlap of two detections, of whatever class, from which they are of one object. */
const SAME_PLACE = 0.6
/** An anchor's box with this overlap lies on the label. */
const ON_LABEL = 0.5
/** An anchor's box with this overlap is near the label. */
const NEAR_LABEL = 0.4
/** An anchor with this share of the best probability near the label is nearly as sure. */
const NEARLY_AS_SURE = 0.5
/** Overlap from which a label and a detection may be of one object. */
const PAIR_IOU = 0.3

/** The mean of several networks' answers, anchor by anchor. @param all of one shape, at least one */
export function meanAnswers(all: readonly AnchorAnswers[]): AnchorAnswers {
  const mean = (part: keyof AnchorAnswers) => {
    const sum = new Float32Array(all[0]![part].length)
    for (const answers of all)
      for (let i = 0; i < sum.length; i++) sum[i]! += answers[part][i]! / all.length
    return sum
  }
  return { probabilities: mean('probabilities'), offsets: mean('offsets') }
}

/**
 * Looks at the labels of a picture.
 * @param labels boxes in pixels of the picture @param imageSize of it
 */
export function seePicture(
  answers: AnchorAnswers,
  labels: readonly GroundTruth[],
  { config, anchors, imageSize }: { config: ModelConfig; anchors: Anchors; imageSize: Size },
): SeenPicture {
  const detections = onePerPlace(
    selectFromProbabilities(answers.probabilities, answers.offsets, anchors, {
      ...config.detect,
      scoreThreshold: LEAST_SCORE,
      classes: config.classes,
      boxCoder: config.boxCoder,
      inputSize: config.input,
      imageSize,
    }),
  )
  const claims = claimsOn(answers, labels, { config, anchors, imageSize })
  const pairs = pairUp(labels, detections)
  return {
    labels: labels.map((label, i) => {
      const detection = detections[pairs.get(i) ?? -1]
      const iou = detection === undefined ? 0 : boxIou(label.box, detection.box)
      return {
        label,
        support: supportOf(claims[i]!, config.classes.length),
        detection,
        iou,
        fit: fitOf(claims[i]!),
      }
    }),
    unlabelled: detections.filter((_, d) => ![...pairs.values()].includes(d)),
  }
}

/** The best detection of each place, whatever its class. */
function onePerPlace(detections: readonly Detection[]): Detection[] {
  const kept: Detection[] = []
  for (const detection of detections)
    if (kept.every(({ box }) => boxIou(box, detection.box) < SAME_PLACE)) kept.push(detection)
  return kept
}

/** Pairs of a label and a detection, those first that overlap most: the place of the detection by that of the label. */
function pairUp(
  labels: readonly GroundTruth[],
  detections: readonly Detection[],
): Map<number, number> {
  const pairs = labels
    .flatMap(({ box }, i) => detections.map((one, d) => ({ i, d, iou: boxIou(box, one.box) })))
    .filter(({ iou }) => iou >= PAIR_IOU)
    .toSorted((a, b) => b.iou - a.iou || a.i - b.i || a.d - b.d)
  const taken = new Map<number, number>()
  const used = new Set<number>()
  for (const { i, d } of pairs) {
    if (taken.has(i) || used.has(d)) continue
    taken.set(i, d)
    used.add(d)
  }
  return taken
}

/** An anchor whose box is near a label. */
interface NearAnchor {
  readonly iou: number
  /** Of each class without background. */
  readonly probabilities: Float32Array
}

/** The anchors near each label. */
function claimsOn(
  { probabilities, offsets }: AnchorAnswers,
  labels: readonly GroundTruth[],
  { config, anchors, imageSize }: { config: ModelConfig; anchors: Anchors; imageSize: Size },
): NearAnchor[][] {
  const columns = config.classes.length + 1
  const decoded = new Float32Array(offsets.length)
  const decode = decoder(config.boxCoder, anchors, offsets, decoded)
  const boxes = labels.map(({ box }) => scaleBox(box, imageSize, config.input))
  const claims: NearAnchor[][] = labels.map(() => [])
  for (let anchor = 0; anchor < anchors.count; anchor++) {
    decode(anchor)
    const corners = cornersAt(decoded, anchor)
    for (const [i, box] of boxes.entries()) {
      const iou = boxIou(corners, box)
      if (iou < NEAR_LABEL) continue
      const row = probabilities.subarray(anchor * columns + 1, (anchor + 1) * columns)
      claims[i]!.push({ iou, probabilities: row })
    }
  }
  return claims
}

/** {@link SeenLabel.support} */
function supportOf(claims: readonly NearAnchor[], classes: number): number[] {
  const on = claims.filter(({ iou }) => iou >= ON_LABEL)
  return Array.from({ length: classes }, (_, k) =>
    on.reduce((best, claim) => Math.max(best, claim.probabilities[k]!), 0),
  )
}

/** {@link SeenLabel.fit} */
function fitOf(claims: readonly NearAnchor[]): number {
  const sure = claims.map(({ probabilities }) => Math.max(...probabilities))
  const enough = NEARLY_AS_SURE * Math.max(...sure)
  return claims.reduce((best, { iou }, i) => (sure[i]! >= enough ? Math.max(best, iou) : best), 0)
}
