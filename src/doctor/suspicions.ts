/**
 * @file Labels that are probably wrong, from what a network says of their pictures: objects without a label, labels
 * without an object, of the wrong class, or drawn beside the object.
 *
 * How sure a network is differs by class and by how long it has learned. So nothing is compared with a fixed number, but
 * with what the network says of the labels of that class as a whole, most of which are right (the idea of confident
 * learning: Northcutt and others, arXiv 1911.00068).
 */
import type { Box } from '../box/box.ts'
import type { Detection } from '../detect/detection.ts'
import type { SeenLabel, SeenPicture } from './seen-picture.ts'

/** What may be wrong with a label. */
export const SUSPICION_KINDS = {
  missing: 'an object without a label',
  spurious: 'a label without an object',
  class: 'a label of the wrong class',
  shifted: 'a box that does not fit its object',
} as const

/** What may be wrong with a label. */
export type SuspicionKind = keyof typeof SUSPICION_KINDS

/** A label that is probably wrong, or the place where one is probably missing. */
export interface Suspicion {
  readonly kind: SuspicionKind
  /** The place of the picture in the list. */
  readonly picture: number
  /** The place of the label among those of its picture; undefined where one is missing. */
  readonly label: number | undefined
  /** The box as labelled; undefined where it is missing. */
  readonly box: Box | undefined
  /** What the network would put there; undefined for what it would delete. */
  readonly proposal: Pick<Detection, 'box' | 'classId'> | undefined
  /** How sure it seems, 0..1; the list is in this order. */
  readonly confidence: number
  /** The loss of the label's class: -ln of the best probability on the label; undefined where it is missing. */
  readonly loss: number | undefined
}

/** A class is supported by this share of what is usual for it. */
const SUPPORTED = 0.5
/** Support below this share of what is usual is none. */
const UNSUPPORTED = 0.3
/** The label's own class has less than this share of the support of the other class. */
const OUTVOTED = 0.25
/** A box that fits less well than this share of what is usual for its class. */
const LOOSE = 0.8
/** Of the labelled objects of a class, the network is less sure of this share than of one that is missing. */
const SURER_THAN = 0.25
/** Floor of a probability inside a logarithm and of a divisor. */
const LEAST = 1e-3

/** What is usual for a class. */
interface Usual {
  /** Mean support of its labels, 0..1. */
  readonly support: number
  /** Scores of the detections of its labels, rising. */
  readonly scores: readonly number[]
  /** Median {@link SeenLabel.fit}. */
  readonly fit: number
}

/**
 * Finds labels that are probably wrong.
 * @param classes how many, without background
 * @returns the surest first
 */
export function findSuspicions(pictures: readonly SeenPicture[], classes: number): Suspicion[] {
  const labels = pictures.flatMap((picture) => picture.labels)
  const usual = Array.from({ length: classes }, (_, k) => usualOf(labels, k))
  const found = pictures.flatMap(({ labels, unlabelled }, picture) => [
    ...labels.flatMap((seen, label) =>
      suspect(seen, usual).map((one) => ({ ...one, picture, label })),
    ),
    ...unlabelled.flatMap((detection) =>
      missing(detection, usual).map((one) => ({ ...one, picture, label: undefined })),
    ),
  ])
  return found.toSorted((a, b) => b.confidence - a.confidence || a.picture - b.picture)
}

function usualOf(labels: readonly SeenLabel[], classId: number): Usual {
  const own = labels.filter(({ label }) => label.classId === classId)
  const supports = own.map(({ support }) => support[classId]!)
  const scores = own.flatMap(({ detection }) =>
    detection?.classId === classId ? [detection.score] : [],
  )
  const fits = own.map(({ fit }) => fit).toSorted((a, b) => a - b)
  return {
    support: supports.reduce((sum, support) => sum + support / supports.length, 0),
    scores: scores.toSorted((a, b) => a - b),
    fit: fits[fits.length >> 1] ?? 0,
  }
}

type Part = Omit<Suspicion, 'picture' | 'label'>

/** What is suspicious about a label: at most one thing, the gravest. */
function suspect(seen: SeenLabel, usual: readonly Usual[]): Part[] {
  const { label, support, detection, fit } = seen
  const shares = support.map((share, k) => share / Math.max(LEAST, usual[k]!.support))
  const rival = shares.indexOf(Math.max(...shares))
  const own = support[label.classId]!
  const loss = -Math.log(Math.max(LEAST, own))
  const part = { box: label.box, loss }
  if (shares[rival]! < UNSUPPORTED)
    return [{ ...part, kind: 'spurious', proposal: undefined, confidence: 1 - shares[rival]! }]
  if (rival !== label.classId) {
    if (shares[rival]! < SUPPORTED || own >= OUTVOTED * support[rival]!) return []
    const proposal = { box: label.box, classId: rival }
    const confidence = Math.min(1, shares[rival]!) * (1 - own / support[rival]!)
    return [{ ...part, kind: 'class', proposal, confidence }]
  }
  const wanted = LOOSE * usual[label.classId]!.fit
  const sure =
    detection !== undefined &&
    detection.classId === label.classId &&
    detection.score >= SUPPORTED * usual[label.classId]!.support
  if (!sure || fit >= wanted || seen.iou >= wanted) return []
  const proposal = { box: detection.box, classId: label.classId }
  return [
    {
      ...part,
      kind: 'shifted',
      proposal,
      confidence:
        Math.min(1, detection.score / usual[label.classId]!.support) *
        (1 - (fit / wanted) ** 2) ** 0.5,
    },
  ]
}

/** Whether a detection without a label is an object that was forgotten. */
function missing(detection: Detection, usual: readonly Usual[]): Part[] {
  const { scores } = usual[detection.classId]!
  const lower = scores.findIndex((score) => score >= detection.score)
  const share = scores.length === 0 ? 0 : (lower === -1 ? scores.length : lower) / scores.length
  if (share < SURER_THAN) return []
  const { box, classId } = detection
  return [
    {
      kind: 'missing',
      box: undefined,
      loss: undefined,
      proposal: { box, classId },
      confidence: share,
    },
  ]
}
