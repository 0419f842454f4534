/** @file The course of a training run as a picture: losses falling, scores rising. */

import type { Curve, Panel } from './curve.ts'
import { curvesSvg } from './curve-svg.ts'

/** One point of a run. */
export interface CoursePoint {
  readonly epoch: number
  readonly classLoss: number
  readonly offsetLoss: number
  /** 0..1; null where it was not measured. */
  readonly mAP50: number | null
  readonly AP: number | null
}

/** Draws losses, and scores if any were measured. @returns an SVG document */
export function runCurvesSvg(points: readonly CoursePoint[]): string {
  const curve = (name: string, read: (point: CoursePoint) => number | null): Curve => ({
    name,
    points: points.map((point) => ({ x: point.epoch, y: read(point) })),
  })
  const losses: Panel = {
    title: 'Losses on the training pictures',
    xLabel: 'epoch',
    curves: [curve('class loss', (p) => p.classLoss), curve('offset loss', (p) => p.offsetLoss)],
  }
  const measured = points.filter(({ mAP50 }) => mAP50 !== null)
  if (measured.length === 0) return curvesSvg([losses])
  const scores = (name: string, read: (point: CoursePoint) => number | null): Curve => ({
    name,
    points: measured.map((point) => ({ x: point.epoch, y: read(point) })),
  })
  const validation: Panel = {
    title: 'Scores on the validation pictures',
    xLabel: 'epoch',
    yRange: [0, 1],
    curves: [scores('mAP50 every-point', (p) => p.mAP50), scores('AP[.50:.95]', (p) => p.AP)],
  }
  return curvesSvg([losses, validation])
}
