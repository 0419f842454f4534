/** @file One step of NMS: the box that is looked at, the kept boxes that it is compared with, and the verdict in words. */
import { boxIou } from 'singleshot/core'
import type { Candidate } from './candidates.ts'

/** One comparison. */
export interface Comparison {
  /** The kept box. */
  readonly kept: Candidate
  readonly iou: number
  /** It is this one that removes the box. */
  readonly removes: boolean
}

/** A step. */
export interface Story {
  readonly current: Candidate
  /** With each box of its class kept so far, in the order of keeping. */
  readonly compared: readonly Comparison[]
  /** The kept box of another class that it overlaps most; null where it touches none. */
  readonly stranger: { readonly kept: Candidate; readonly iou: number } | null
}

/**
 * What happens when a candidate is looked at.
 * @param all every candidate of every class, best first
 * @param current one of them
 */
export function tellStep(all: readonly Candidate[], current: Candidate): Story {
  const earlier = all.slice(0, all.indexOf(current)).filter(({ kind }) => kind === 'kept')
  const withIou = earlier.map((kept) => ({ kept, iou: boxIou(current.box, kept.box) }))
  const strangers = withIou.filter(({ kept, iou }) => kept.classId !== current.classId && iou > 0)
  return {
    current,
    compared: withIou
      .filter(({ kept }) => kept.classId === current.classId)
      .map(({ kept, iou }) => {
        const removes = current.kind === 'suppressed' && kept.detection === current.detection
        return { kept, iou, removes }
      }),
    stranger: strangers.toSorted((a, b) => b.iou - a.iou)[0] ?? null,
  }
}

/** What a kept box is called: "1", or "A". */
export type NameOf = (kept: Candidate) => string | number

/** The verdict, e.g. "removed: IoU 0.72 with box 1, above 0.45". */
export function verdictOf(
  { current, compared }: Story,
  nmsIouThreshold: number,
  nameOf: NameOf = numberOf,
): string {
  const limit = nmsIouThreshold.toFixed(2)
  if (current.kind === 'no-area') return 'removed: it is outside the picture'
  if (current.kind !== 'kept' && current.kind !== 'suppressed')
    return 'removed: beyond the limit of boxes'
  const remover = compared.find(({ removes }) => removes)
  if (remover !== undefined)
    return `removed: IoU ${near(remover.iou, nmsIouThreshold)} with box ${nameOf(remover.kept)}, above ${limit}`
  if (compared.length === 0) return 'kept: it is the best of its class'
  const most = Math.max(...compared.map(({ iou }) => iou))
  if (most === 0) return 'kept: it touches no box kept before'
  return `kept: its largest IoU is ${near(most, nmsIouThreshold)}, not above ${limit}`
}

/** Detections are counted from 1. */
export function numberOf({ detection }: Candidate): number {
  return (detection ?? -1) + 1
}

/** Two decimals, or as many as show on which side of the limit a value is. */
export function near(value: number, limit: number): string {
  let digits = 2
  while (digits < 6 && value !== limit && value.toFixed(digits) === limit.toFixed(digits))
    digits += 1
  return value.toFixed(digits)
}
