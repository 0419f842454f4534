/** @file The question that a learner asked, and the library's answer. */
import {
  type Box,
  type DetectedFinding,
  type MissedFinding,
  scaleBox,
  type Trace,
  whyDetected,
  whyMissed,
} from 'singleshot/core'

/** What a story is about. */
export type About = 'object' | 'box' | 'detection'

/** What was asked. */
export interface Question {
  readonly about: About
  /** Number of the object or detection, from 0. */
  readonly which: number
  /** The drawn box, pixels of the picture. */
  readonly box: Box | undefined
  /** Of the drawn box; -1: the class with the highest score there. */
  readonly classId: number
  /** The minimum score. */
  readonly shownScore: number
}

/** The answer: about a miss (or that it was none), or about a detection. */
export type Story =
  | {
      readonly kind: 'missed'
      readonly finding: MissedFinding
      readonly object: number | null
      /** Pixels of the network's input. */
      readonly box: Box
    }
  | { readonly kind: 'detected'; readonly finding: DetectedFinding }

/** The library's answer; null where there is nothing of that number. @throws SingleshotError E_BOX_* */
export function storyOf(trace: Trace, question: Question): Story | null {
  const { about, which, box, classId, shownScore } = question
  const options = { shownScore }
  if (about === 'detection')
    return trace.detections[which] === undefined
      ? null
      : { kind: 'detected', finding: whyDetected(trace, which, options) }
  if (about === 'object') {
    const object = trace.objects[which]
    if (object === undefined) return null
    const [x1, y1, x2, y2] = object.box
    const finding = whyMissed(trace, { object: which }, options)
    return { kind: 'missed', finding, object: which, box: { x1, y1, x2, y2 } }
  }
  if (box === undefined) return null
  const target = { box, ...(classId in trace.config.classes && { classId }) }
  const finding = whyMissed(trace, target, options)
  return {
    ...{ kind: 'missed', finding, object: null },
    box: scaleBox(box, trace.picture, trace.config.input),
  }
}

/** One line of the list of everything in the picture. */
export interface Line {
  readonly about: 'object' | 'detection'
  readonly which: number
  readonly name: string
  /** A stage or a kind. */
  readonly outcome: MissedFinding['stage'] | DetectedFinding['kind']
}

/** Every object, then every detection that is shown. */
export function linesOf(trace: Trace, shownScore: number): Line[] {
  const objects = trace.objects.map(({ className }, which): Line => {
    const { stage } = whyMissed(trace, { object: which }, { shownScore })
    return { about: 'object', which, name: `object ${which + 1}: ${className}`, outcome: stage }
  })
  const detections = trace.detections.flatMap(({ className, score }, which): Line[] => {
    if (score < shownScore) return []
    const { kind } = whyDetected(trace, which, { shownScore })
    const name = `detection ${which + 1}: ${className} ${score.toFixed(2)}`
    return [{ about: 'detection', which, name, outcome: kind }]
  })
  return [...objects, ...detections]
}

/** The first line that went wrong; else the first one; undefined where there is none. */
export function firstWrong(lines: readonly Line[]): Line | undefined {
  return lines.find(({ outcome }) => outcome !== 'found' && outcome !== 'right') ?? lines[0]
}
