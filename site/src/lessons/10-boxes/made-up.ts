/**
 * @file Answers made up for a picture whose objects are known, for a page without a model: every anchor near an
 * object claims it, the surer the better it fits, and puts its box a little beside it. The same picture always gives
 * the same answers.
 */
import {
  anchorsOf,
  type Box,
  createRandom,
  decodeOffsets,
  handMadeSeen,
  type ModelConfig,
  matchObjects,
  packCorners,
  type Random,
  type Size,
  scaleBox,
  tinyModel,
  toCorners,
} from 'singleshot/core'
import { PAGE_INPUT } from '../../network/page-input.ts'
import type { Answers } from './answers.ts'

/** An object of the picture. */
export interface KnownObject {
  /** Pixels of the picture. */
  readonly box: Box
  readonly classId: number
}

type MadeUpAnswer = Parameters<typeof handMadeSeen>[1][number]

/** An anchor that overlaps an object this much may claim it. */
const LEAST_IOU = 0.4

/** This many anchors claim something where there is nothing. */
const FALSE_CLAIMS = 40

/** Answers for a picture, as a detector might give them. @param classes of the objects' class ids */
export function makeUpAnswers(
  picture: Size,
  objects: readonly KnownObject[],
  classes: readonly string[],
): Answers {
  const config = tinyModel(classes, PAGE_INPUT)
  const anchors = anchorsOf(config)
  const seen = handMadeSeen(config, inventAnswers(config, picture, objects))
  return {
    ...{ config, anchors },
    picture: { width: picture.width, height: picture.height },
    probabilities: seen.probabilities,
    offsets: seen.offsets,
    decoded: toCorners(decodeOffsets(seen.offsets, anchors.centreSizes)),
  }
}

function inventAnswers(config: ModelConfig, picture: Size, objects: readonly KnownObject[]) {
  const anchors = anchorsOf(config)
  const random = createRandom(10, objects.length)
  const boxes = objects.map(({ box }) => scaleBox(box, picture, config.input))
  const { ious } = matchObjects(packCorners(boxes), anchors.corners)
  const answers: MadeUpAnswer[] = []
  for (let anchor = 0; anchor < anchors.count; anchor++) {
    const overlaps = objects.map((_, m) => ious[m * anchors.count + anchor]!)
    const best = Math.max(0, ...overlaps)
    if (best < LEAST_IOU) continue
    const m = overlaps.indexOf(best)
    const score = Math.min(0.99, Math.max(0.02, (best - 0.25) * 1.3 + 0.12 * random.normal()))
    const chances = chancesOf(config, random, objects[m]!.classId, score)
    answers.push({ anchor, chances, box: aside(boxes[m]!, 1 - best, random) })
  }
  for (let i = 0; i < FALSE_CLAIMS; i++) {
    const classId = random.integer(config.classes.length)
    const score = 0.02 + 0.5 * random.uniform() ** 3
    const anchor = random.integer(anchors.count)
    if (answers.every((answer) => answer.anchor !== anchor))
      answers.push({ anchor, chances: chancesOf(config, random, classId, score) })
  }
  return answers
}

/** Most of it for one class, a little for another. */
function chancesOf({ classes }: ModelConfig, random: Random, classId: number, score: number) {
  const chances = classes.map(() => 0)
  const other = random.integer(classes.length)
  chances[other] = (1 - score) * 0.3 * random.uniform()
  chances[classId] = score
  return chances
}

/** A box beside a box: the worse the anchor fitted, the farther. */
function aside({ x1, y1, x2, y2 }: Box, by: number, random: Random) {
  const [dx, dy, dw, dh] = [0, 0, 0, 0].map(() => 0.22 * by * random.normal()) as [
    number,
    number,
    number,
    number,
  ]
  const width = (x2 - x1) * Math.exp(dw)
  const height = (y2 - y1) * Math.exp(dh)
  const cx = (x1 + x2) / 2 + dx * width
  const cy = (y1 + y2) / 2 + dy * height
  return [cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2] as [
    number,
    number,
    number,
    number,
  ]
}
