/** @file Each object's part of the trace: which anchors answer for it, which fits it best, and who took it away. */
import type { Box } from '../box/box.ts'
import type { ModelConfig } from '../config/model.ts'
import type { Match } from '../match/match.ts'
import type { ObjectTrace } from './trace.ts'

/** An object of the ground truth. */
export interface TracedObject {
  /** Pixels of the picture. */
  readonly box: Box
  /** 0-based, in the model's class list. */
  readonly classId: number
  /** Trained on, but counted neither way when judging. Default false. */
  readonly difficult?: boolean
}

/** What is known of the objects. */
export interface ObjectParts {
  readonly objects: readonly TracedObject[]
  /** Their boxes in pixels of the network's input. */
  readonly boxes: readonly Box[]
  readonly match: Match
  readonly config: ModelConfig
}

/** The objects' part of a trace. */
export function traceObjects({ objects, boxes, match, config }: ObjectParts): ObjectTrace[] {
  return objects.map(({ box, classId, difficult = false }, m) => {
    const best = bestAnchorOf(m, match)
    const forced = match.forced[m] ?? -1
    const owner = forced < 0 ? m : match.matched[forced]!
    return {
      classId,
      className: config.classes[classId] ?? `class ${classId}`,
      difficult,
      pictureBox: [box.x1, box.y1, box.x2, box.y2],
      box: [boxes[m]!.x1, boxes[m]!.y1, boxes[m]!.x2, boxes[m]!.y2],
      ...best,
      forcedAnchor: forced < 0 ? null : forced,
      lostTo: owner === m ? null : owner,
      anchors: anchorsAnswering(m, match.matched),
    }
  })
}

function bestAnchorOf(m: number, { ious, matched }: Match) {
  const row = ious.subarray(m * matched.length, (m + 1) * matched.length)
  let best = 0
  for (let a = 1; a < row.length; a++) if (row[a]! > row[best]!) best = a
  const bestIou = row[best] ?? 0
  return { bestAnchor: bestIou > 0 ? best : null, bestIou }
}

function anchorsAnswering(m: number, matched: Int32Array): number[] {
  return [...matched.keys()].filter((anchor) => matched[anchor] === m)
}
