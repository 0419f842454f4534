/**
 * @file An imaginary network: answers as a network might give them, without one. A number t says how much it has
 * learned. Each logit lies on the straight line from what a fresh network says to the perfect answer, and so does each
 * offset; beside that there is noise, which fades, and an echo, which comes and goes:
 *
 *     logit  = (1 - t) · fresh + t · perfect + (1 - t) · noise + 4 t (1 - t) · echo
 *     offset = t · target + (1 - t) · noise
 *
 * The echo is what makes some negatives hard: an anchor beside an object sees a part of it, and for a while claims it.
 *
 * Shapes: A anchors, K classes with background, M objects.
 */
import { type AnswerNumbers, classLossOf, createRandom, type ModelConfig } from 'singleshot/core'
import type { Situation } from './situation.ts'

/** The chance of "some object" in a fresh network's answers; the library starts its heads so, too. */
export const FRESH_CHANCE = 0.1

/** A perfect answer's logit: e^-12 is a chance of 1 in 160,000 to be wrong. */
export const SURE = 12

/** Deviation of a fresh network's logits and offsets. */
const NOISE = 0.5

/** How loud an object is in an anchor that covers it wholly but does not answer for it. */
export const ECHO = 8

/** How good the imaginary network is. */
export interface Learned {
  /** 0: fresh; 1: perfect. */
  readonly learned: number
  readonly seed: number
  /** 0: no noise. Default 1. */
  readonly noise?: number
}

/** What it answers. @param taught what it was taught: with `learned` 1 it says exactly this */
export function imagine(taught: Situation, { learned, seed, noise = 1 }: Learned): AnswerNumbers {
  const { config, anchors, targets } = taught
  const random = createRandom(seed)
  const columns = config.classes.length + 1
  const logits = new Float32Array(anchors.count * columns)
  const offsets = new Float32Array(anchors.count * 4)
  const { fresh, perfect } = wordsOf(config.loss.classLoss, columns)
  const doubt = (1 - learned) * NOISE * noise
  const loudness = 4 * learned * (1 - learned) * ECHO
  for (let a = 0; a < anchors.count; a++) {
    const right = targets.classTargets[a]!
    const heard = right === 0 ? echoOf(taught, a) : null
    for (let k = 0; k < columns; k++) {
      const line = (1 - learned) * fresh(k) + learned * perfect(k, right)
      const echo = heard?.column === k ? heard.strength * loudness : 0
      logits[a * columns + k] = line + echo + doubt * random.normal()
    }
    for (let i = a * 4; i < a * 4 + 4; i++)
      offsets[i] = learned * targets.offsetTargets[i]! + doubt * random.normal()
  }
  return { logits, offsets }
}

/** What logits mean differs: one choice among all, background included, or a yes or no for each class. */
function wordsOf(choice: ModelConfig['loss']['classLoss'], columns: number) {
  const { hasBackground, prior } = classLossOf(choice)
  const fresh = prior(FRESH_CHANCE, columns)
  return {
    fresh: (k: number) => fresh[k]!,
    perfect: (k: number, right: number) => {
      if (k === right) return k === 0 && !hasBackground ? 0 : SURE
      return hasBackground || k === 0 ? 0 : -SURE
    },
  }
}

/** The object that an anchor overlaps most, and by how much. */
function echoOf({ match, objects, anchors }: Situation, anchor: number) {
  let strength = 0
  let column = -1
  for (const [m, { classId }] of objects.entries()) {
    const iou = match.ious[m * anchors.count + anchor]!
    if (iou > strength) {
      strength = iou
      column = classId + 1
    }
  }
  return column < 0 ? null : { strength, column }
}
