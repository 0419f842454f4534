/**
 * @file Each anchor's part of the trace: where it stands, what it should say, what it says, and what became of it.
 *
 * Shapes: A anchors, M objects, K classes with background.
 */

import { cornersAt } from '../box/convert.ts'
import { decoder } from '../coder/coders.ts'
import type { SelectVerdict } from '../detect/select.ts'
import type { Match } from '../match/match.ts'
import type { TargetArrays } from '../match/targets.ts'
import type { LossNumbers } from './loss-program.ts'
import type { AnchorTrace, Four } from './trace.ts'
import type { Seen, Tracer } from './tracer.ts'

/** What is known of the anchors. */
export interface AnchorParts {
  readonly tracer: Pick<Tracer, 'config' | 'anchors' | 'featureMaps'>
  readonly seen: Seen
  readonly match: Match
  readonly targets: TargetArrays
  /** Null without ground truth. */
  readonly losses: LossNumbers | null
  /** Best first. */
  readonly verdicts: readonly SelectVerdict[]
}

/** The anchors' part of a trace, in the network's order. */
export function traceAnchors(parts: AnchorParts): AnchorTrace[] {
  const { tracer, seen, targets, losses } = parts
  const columns = tracer.config.classes.length + 1
  const decoded = new Float32Array(seen.offsets.length)
  const decode = decoder(tracer.config.boxCoder, tracer.anchors, seen.offsets, decoded)
  const claims = claimsByAnchor(parts.verdicts)
  return [...places(tracer)].map((place, anchor) => {
    decode(anchor)
    const box = cornersAt(decoded, anchor)
    const isPositive = targets.matched[anchor]! >= 0
    return {
      ...place,
      box: fourAt(tracer.anchors.corners, anchor),
      ious: iousOf(anchor, parts.match),
      match: matchOf(anchor, parts),
      target: {
        class: targets.classTargets[anchor]!,
        offsets: isPositive ? fourAt(targets.offsetTargets, anchor) : null,
      },
      predicted: {
        logits: row(seen.logits, anchor, columns),
        probabilities: row(seen.probabilities, anchor, columns),
        offsets: fourAt(seen.offsets, anchor),
        box: [box.x1, box.y1, box.x2, box.y2],
      },
      loss: losses && lossOf(anchor, losses, columns, isPositive),
      verdicts: claims.get(anchor) ?? [],
    }
  })
}

/** Where each anchor stands, in the order of the anchor list: map, row, column, shape. */
function* places({ featureMaps }: Pick<Tracer, 'featureMaps'>) {
  for (const [featureMap, { gridWidth, gridHeight, shapes }] of featureMaps.entries())
    for (let row = 0; row < gridHeight; row++)
      for (let column = 0; column < gridWidth; column++)
        for (let shape = 0; shape < shapes.length; shape++) yield { featureMap, row, column, shape }
}

function matchOf(anchor: number, { match, tracer }: AnchorParts): AnchorTrace['match'] {
  const ious = iousOf(anchor, match)
  const bestIou = Math.max(0, ...ious)
  const bestObject = bestIou > 0 ? ious.indexOf(bestIou) : null
  const object = match.matched[anchor]!
  if (object < 0) {
    const reason = bestObject === null ? 'no-overlap' : 'below-threshold'
    return { object: null, reason, bestObject, bestIou }
  }
  // The same 32-bit comparison as in matching.
  const level = Math.fround(tracer.config.match.matchIouThreshold)
  const reaches = ious[object]! >= level && bestObject === object
  const isForced = match.forced[object] === anchor
  const reason = reaches && isForced ? 'both' : reaches ? 'threshold' : 'forced'
  return { object, reason, bestObject, bestIou }
}

function lossOf(
  anchor: number,
  losses: LossNumbers,
  columns: number,
  isPositive: boolean,
): AnchorTrace['loss'] {
  const contributing = losses.contributing[anchor]! > 0
  return {
    classError: losses.classError[anchor]!,
    contributing,
    mined: contributing && !isPositive,
    offsetError: losses.offsetError[anchor]!,
    classShare: losses.classShare[anchor]!,
    offsetShare: losses.offsetShare[anchor]!,
    logitGradient: row(losses.logitGradient, anchor, columns),
    offsetGradient: fourAt(losses.offsetGradient, anchor),
  }
}

function claimsByAnchor(verdicts: readonly SelectVerdict[]): Map<number, AnchorTrace['verdicts']> {
  const claims = new Map<number, AnchorTrace['verdicts']>()
  for (const { anchor, classId, score, kind, detection } of verdicts) {
    const list = claims.get(anchor) ?? []
    list.push({ classId, score, kind, detection })
    claims.set(anchor, list)
  }
  return claims
}

function iousOf(anchor: number, { ious, matched }: Match): number[] {
  const objects = matched.length === 0 ? 0 : ious.length / matched.length
  return Array.from({ length: objects }, (_, m) => ious[m * matched.length + anchor]!)
}

function row(values: Float32Array, anchor: number, columns: number): number[] {
  return [...values.subarray(anchor * columns, (anchor + 1) * columns)]
}

function fourAt(values: Float32Array, anchor: number): Four {
  return row(values, anchor, 4) as Four
}
