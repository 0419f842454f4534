/** @file What somebody asks about: an object by its number, or a box that they drew, with or without a class. */
import type { Box } from '../box/box.ts'
import { boxIou } from '../box/iou.ts'
import { scaleBox } from '../box/scale.ts'
import { checkBox } from '../box/validate.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { JUDGE_IOU } from '../evaluate/judge.ts'
import type { Sought } from './claims.ts'
import type { Trace } from './trace.ts'
import { boxOf, className, objectText, placeText } from './words.ts'

/** An object of the trace, or a box. */
export type WhyTarget =
  | { /** From 0. */ readonly object: number }
  | {
      /** Pixels of the picture. */
      readonly box: Box
      /** 0-based; without it, the class that the network sees most of at that place. */
      readonly classId?: number
    }

/**
 * What is meant by a target.
 * @throws SingleshotError E_USAGE when there is no such object or class; E_BOX_FORMAT, E_BOX_ORDER, E_BOX_EMPTY or
 * E_BOX_OUTSIDE for a box that cannot be one of this picture
 */
export function seek(trace: Trace, target: WhyTarget): Sought {
  return 'object' in target ? seekObject(trace, target.object) : seekBox(trace, target)
}

function seekObject(trace: Trace, object: number): Sought {
  const found = trace.objects[object]
  if (found === undefined)
    throw refuse(`expected an object from 0 to ${trace.objects.length - 1}`, object)
  const { box, classId } = found
  return { object, box: boxOf(box), classId, name: objectText(trace, object) }
}

function seekBox(trace: Trace, target: { readonly box: Box; readonly classId?: number }): Sought {
  const fault = checkBox(target.box, trace.picture, { where: 'why', object: 'the box' })
  if (fault !== null) throw fault
  const { classes, input } = trace.config
  if (target.classId !== undefined && !(target.classId in classes))
    throw refuse(`expected a class from 0 to ${classes.length - 1}`, target.classId)
  const box = scaleBox(target.box, trace.picture, input)
  const classId = target.classId ?? likeliestClass(trace, box)
  const name = `the box ${placeText(trace, box)} (${className(trace, classId)})`
  return { object: null, box, classId, name }
}

/** The class with the highest score among the anchors whose boxes sit on the place; else of the nearest anchor. */
function likeliestClass({ anchors }: Trace, box: Box): number {
  const sitting = anchors.map(({ predicted }) => boxIou(boxOf(predicted.box), box))
  const level = Math.min(JUDGE_IOU, Math.max(...sitting))
  let best = { classId: 0, score: -1 }
  for (const [a, { predicted }] of anchors.entries()) {
    if (sitting[a]! < level) continue
    for (const [k, score] of predicted.probabilities.entries())
      if (k > 0 && score > best.score) best = { classId: k - 1, score }
  }
  return best.classId
}

function refuse(rule: string, got: number): SingleshotError {
  return new SingleshotError('E_USAGE', { where: 'why', rule, got })
}
