/**
 * @file Labels that are probably wrong, from what a network says of their pictures: objects without a label, labels
 * without an object, of the wrong class, or drawn beside the object.
 *
 * How sure a network is differs by class and by how long it has learned. So nothing is compared with a fixed number, but
 * with what the network says of the labels of that class as a whole, most of which are right (the idea of confident
 * learning: Northcutt and others, arXiv 1911.00068). And what would be wrong with many labels of a class is rather a
 * weakness of the network: it counts less, the more there are.
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
const UNSUPPORTED = 0.25
/** The label's own class has less than this share of the support of the other class. */
const OUTVOTED = 0.25
/** A box that fits less well than this share of what is usual for its class. */
const LOOSE = 0.8
/** Suspicions below this confidence are not told. */
const LEAST_CONFIDENCE = 0.2
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
  const suspected = labels.map((seen) => suspect(seen, usual))
  const rareness = rarenessOf(labels, suspected)
  let next = 0
  const found = pictures.flatMap(({ labels, unlabelled }, picture) => [
    ...labels.flatMap((seen, label) => {
      const one = suspected[next++]
      if (one === undefined) return []
      const confidence = one.confidence * rareness(one.kind, seen.label.classId)
      return [{ ...one, confidence, picture, label }]
    }),
    ...unlabelled.map((one) => ({ ...forgotten(one, usual), picture, label: undefined })),
  ])
  return found
    .filter(({ confidence }) => confidence >= LEAST_CONFIDENCE)
    .toSorted((a, b) => b.confidence - a.confidence || a.picture - b.picture)
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

/** A suspicion whose place is not known yet. */
type Part = Omit<Suspicion, 'picture' | 'label'>

/** How much a suspicion counts: the square of the share of its class's labels that are not under the same. */
function rarenessOf(
  labels: readonly SeenLabel[],
  suspected: readonly (Part | undefined)[],
): (kind: SuspicionKind, classId: number) => number {
  const all = new Map<number, number>()
  const under = new Map<string, number>()
  for (const [i, { label }] of labels.entries()) {
    const key = `${suspected[i]?.kind} ${label.classId}`
    all.set(label.classId, (all.get(label.classId) ?? 0) + 1)
    under.set(key, (under.get(key) ?? 0) + 1)
  }
  return (kind, classId) => (1 - under.get(`${kind} ${classId}`)! / all.get(classId)!) ** 2
}

/** What is suspicious about a label: at most one thing, the gravest. */
function suspect(seen: SeenLabel, usual: readonly Usual[]): Part | undefined {
  const { label, support } = seen
  const shares = support.map((share, k) => share / Math.max(LEAST, usual[k]!.support))
  const rival = shares.indexOf(Math.max(...shares))
  const loss = -Math.log(Math.max(LEAST, support[label.classId]!))
  const part = { box: label.box, loss }
  if (shares[rival]! < UNSUPPORTED)
    return { ...part, kind: 'spurious', proposal: undefined, confidence: 1 - shares[rival]! }
  if (rival !== label.classId) {
    const outvoted = support[label.classId]! / support[rival]!
    if (shares[rival]! < SUPPORTED || outvoted >= OUTVOTED) return undefined
    const proposal = { box: label.box, classId: rival }
    const confidence = Math.min(1, shares[rival]!) * (1 - outvoted)
    return { ...part, kind: 'class', proposal, confidence }
  }
  const better = betterBox(seen, usual[label.classId]!)
  return better === undefined ? undefined : { ...part, ...better }
}

/** The detection of a label's object, where the label does not fit it. */
function betterBox(
  { label: { classId }, detection, fit, iou }: SeenLabel,
  usual: Usual,
): Pick<Part, 'kind' | 'proposal' | 'confidence'> | undefined {
  const wanted = LOOSE * usual.fit
  if (detection === undefined || detection.classId !== classId) return undefined
  const sure = detection.score / Math.max(LEAST, usual.support)
  if (sure < SUPPORTED || fit >= wanted || iou >= wanted) return undefined
  const confidence = Math.min(1, sure) * Math.cbrt(1 - (fit / wanted) ** 2)
  return { kind: 'shifted', proposal: { box: detection.box, classId }, confidence }
}

/**
 * A detection without a label as an object that was forgotten. Its confidence is the share of the labelled objects of its
 * class of which the network is less sure.
 */
function forgotten({ box, classId, score }: Detection, usual: readonly Usual[]): Part {
  const { scores } = usual[classId]!
  const surer = scores.findIndex((other) => other >= score)
  const share = (surer === -1 ? scores.length : surer) / Math.max(1, scores.length)
  return {
    ...{ kind: 'missing', box: undefined, loss: undefined, proposal: { box, classId } },
    confidence: share,
  }
}
