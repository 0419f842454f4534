/** @file How well the anchors fit an object, and which anchor would have fitted. */

import { JUDGE_IOU } from '../evaluate/judge.ts'
import type { Case, Claim } from './claims.ts'
import type { Telling } from './finding.ts'
import { tryFaintest } from './lower-score.ts'
import type { FeatureMapTrace, Trace } from './trace.ts'
import { anchorText, className, near, sizeText } from './words.ts'

/** The anchor that fits best, with its IoU. */
export function bestAnchorText(trace: Trace, { anchor, anchorIou }: Claim): string {
  const { matchIouThreshold } = trace.config.match
  return `The anchor that fits it best is ${anchorText(trace, anchor)}, IoU ${near(anchorIou, matchIouThreshold)}.`
}

/** No anchor reaches matchIouThreshold. */
export function tellNoAnchor(story: Case, fitting: Claim): Telling {
  const { trace, sought, claims } = story
  const { matchIouThreshold } = trace.config.match
  const { box } = sought
  const [width, height] = [box.x2 - box.x1, box.y2 - box.y1]
  const map = fittingMap(trace, width, height)
  const sentences = [
    `No anchor fits it. ${bestAnchorText(trace, fitting)} An anchor is responsible at or above ${matchIouThreshold}. The object is ${sizeText(trace, box)}.`,
  ]
  const forced = sought.object === null ? null : trace.objects[sought.object]!.forcedAnchor
  const owned = forced !== null && trace.anchors[forced]!.match.object === sought.object
  if (owned) {
    const { score, iou } = claims.find(({ anchor }) => anchor === forced)!
    const it = forced === fitting.anchor ? 'it' : anchorText(trace, forced)
    sentences.push(
      `Still, ${it} is responsible by force. It gets ${className(trace, sought.classId)} ${score.toFixed(2)}, and its box has an IoU of ${near(iou, JUDGE_IOU)} with the object.`,
    )
  }
  const shape = `${Math.round(width)} x ${Math.round(height)} pixels of the network's input`
  const { strideX, gridWidth, gridHeight } = map
  return {
    sentences,
    saved: [
      ...tryFaintest(story),
      `Train again with an anchor of about ${shape} on the ${gridWidth} x ${gridHeight} grid (stride ${Math.round(strideX)}).`,
      ...(map.fits
        ? []
        : ['Even so it may fall between two cells: a larger input would show it larger.']),
    ],
    facts: { anchorIou: fitting.anchorIou, matchIouThreshold, width, height, stride: strideX },
  }
}

/**
 * The coarsest grid on which an anchor of the object's own shape fits it wherever it stands; else the finest grid.
 *
 * At worst the object's centre is half a stride from the nearest cell's, both ways. Of a w x h box that moves by
 * s / 2 the share i = (1 - s / 2w) (1 - s / 2h) stays, and IoU = i / (2 - i).
 */
function fittingMap(
  { featureMaps, config }: Trace,
  width: number,
  height: number,
): FeatureMapTrace & { fits: boolean } {
  const left = (side: number, stride: number) => Math.max(0, 1 - stride / 2 / side)
  const fits = ({ strideX, strideY }: FeatureMapTrace) => {
    const stays = left(width, strideX) * left(height, strideY)
    return stays / (2 - stays) >= config.match.matchIouThreshold
  }
  const finestFirst = featureMaps.toSorted((a, b) => a.strideX - b.strideX)
  const map = finestFirst.findLast(fits)
  return map === undefined ? { ...finestFirst[0]!, fits: false } : { ...map, fits: true }
}
