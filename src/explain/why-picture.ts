/** @file Everything that went wrong on one picture: each missed object, and each detection that is not right. */
import type { Box } from '../box/box.ts'
import { type DetectedFinding, type MissedFinding, shownFrom, type WhyOptions } from './finding.ts'
import type { Trace } from './trace.ts'
import { whyMissed } from './why.ts'
import { whyDetected } from './why-detected.ts'

/** An explanation, and of what: an object of the truth (from 0), a box in pixels of the picture, or a detection. */
export type Finding =
  | ({ readonly about: 'object'; readonly object: number } & MissedFinding)
  | ({ readonly about: 'box'; readonly box: Box } & MissedFinding)
  | ({ readonly about: 'detection' } & DetectedFinding)

/**
 * What went wrong on a picture: every object that was missed, then every shown detection that is not right. Objects
 * marked difficult count neither way, as in evaluation. Without ground truth, every shown detection.
 */
export function whyPicture(trace: Trace, options: WhyOptions = {}): Finding[] {
  const shown = shownFrom(options, trace.config.detect)
  const missed = trace.objects.map((_, object) => {
    const finding = whyMissed(trace, { object }, options)
    return { about: 'object' as const, object, ...finding }
  })
  const detected = trace.detections.flatMap(({ score }, detection) =>
    score < shown
      ? []
      : [{ about: 'detection' as const, ...whyDetected(trace, detection, options) }],
  )
  return [
    ...missed.filter(({ stage, object }) => stage !== 'found' && !trace.objects[object]!.difficult),
    ...detected.filter(({ kind }) => kind !== 'right' && kind !== 'ignored'),
  ]
}
