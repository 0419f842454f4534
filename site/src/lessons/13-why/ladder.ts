/** @file The way of an object through the detector as a ladder: which rungs were passed, and at which it was lost. */
import {
  type Box,
  boxIou,
  type DetectionKind,
  type MissedFinding,
  type Stage,
  scaleBox,
  type Trace,
} from 'singleshot/core'

/**
 * passed; lost here; never reached; `despite`: not passed, but it went on all the same; `unasked`: it makes no sense
 * for a box without a label.
 */
export type RungState = 'passed' | 'lost' | 'open' | 'despite' | 'unasked'

/** One step of the way. */
export interface Rung {
  readonly what: string
  readonly state: RungState
  /** The number it was decided by; empty where none is known. */
  readonly by: string
}

/** What the ladder is about. */
export interface Climb {
  readonly trace: Trace
  readonly finding: MissedFinding
  /** Its number among the trace's objects; null for a drawn box. */
  readonly object: number | null
  /** Pixels of the network's input. */
  readonly box: Box
}

/** The stages at which each rung can be missed, in the order of the way. */
const RUNGS: readonly (readonly Stage[])[] = [
  ['no-anchor'],
  ['lost-anchor'],
  ['box-off', 'other-class', 'background'],
  ['score'],
  ['suppressed'],
  ['limit'],
  ['found'],
]

/** The anchors that overlap the object enough, and the best overlap. */
export function bestFit({ anchors }: Trace, box: Box): number {
  return anchors.reduce((best, anchor) => {
    const [x1, y1, x2, y2] = anchor.box
    return Math.max(best, boxIou({ x1, y1, x2, y2 }, box))
  }, 0)
}

/** The ladder. */
export function ladderOf(climb: Climb): Rung[] {
  const { finding } = climb
  const reached = RUNGS.findIndex((stages) => stages.includes(finding.stage))
  return WORDS.map(({ what, by }, i) => ({
    what,
    state: stateOf(climb, i, reached),
    by: i > reached ? '' : by(climb),
  }))
}

function stateOf({ trace, object, box, finding }: Climb, rung: number, reached: number): RungState {
  if (rung > reached) return 'open'
  if (rung === reached) return finding.stage === 'found' ? 'passed' : 'lost'
  const level = Math.fround(trace.config.match.matchIouThreshold)
  if (rung === 0 && Math.fround(bestFit(trace, box)) < level) return 'despite'
  if (rung === 1 && object === null) return 'unasked'
  if (rung === 1 && trace.objects[object!]!.anchors.length === 0) return 'despite'
  return 'passed'
}

const two = (value: number | undefined) => (value === undefined ? '' : value.toFixed(2))

/** What each rung asks, and the number by which it is decided. */
const WORDS: readonly { readonly what: string; readonly by: (climb: Climb) => string }[] = [
  {
    what: 'An anchor fits it',
    by: ({ trace, box }) =>
      `best IoU ${two(bestFit(trace, box))}, ${two(trace.config.match.matchIouThreshold)} needed`,
  },
  {
    what: 'An anchor is responsible for it in training',
    by: ({ trace, object }) => {
      if (object === null) return 'this box has no label'
      const { length } = trace.objects[object]!.anchors
      return `${length} anchor${length === 1 ? '' : 's'}`
    },
  },
  {
    what: 'The network outputs its class, and its box is on it',
    by: ({ finding: { stage, facts } }) => {
      if (stage === 'box-off') return `IoU of its box only ${two(facts.iou)}`
      if (stage === 'other-class')
        return `another class ${two(facts.otherScore)}, its own ${two(facts.score)}`
      if (stage === 'background') return `taken for background, its class ${two(facts.score)}`
      return facts.iou === undefined ? '' : `IoU ${two(facts.iou)}`
    },
  },
  {
    what: 'The score is high enough to be shown',
    by: ({ finding: { facts } }) =>
      facts.score === undefined
        ? ''
        : `score ${two(facts.score)}${facts.shownScore === undefined ? '' : `, ${two(facts.shownScore)} needed`}`,
  },
  {
    what: 'No better box of its class removes it (NMS)',
    by: ({ finding: { stage, facts } }) =>
      stage === 'suppressed'
        ? `IoU with a better box ${two(facts.overlap)}, at most ${two(facts.nmsIouThreshold)} allowed`
        : '',
  },
  {
    what: 'It is not one too many',
    by: ({ finding: { stage, facts } }) => (stage === 'limit' ? `number ${facts.place}` : ''),
  },
  { what: 'Found', by: () => '' },
]

/** What each rung's state is called, with a sign of its own. */
export const STATE_WORDS: Readonly<Record<RungState, readonly [sign: string, word: string]>> = {
  passed: ['✓', 'passed'],
  lost: ['✗', 'lost here'],
  open: ['·', 'not reached'],
  despite: ['(✗)', 'no, but it went on'],
  unasked: ['–', 'not asked'],
}

/** What each stage is called in a list. */
export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  'no-anchor': 'missed: no anchor fits it',
  'lost-anchor': 'missed: it lost its anchor',
  'box-off': 'missed: the box is too far off',
  'other-class': 'missed: taken for another class',
  background: 'missed: taken for background',
  score: 'missed: the score is too low',
  suppressed: 'missed: removed by NMS',
  limit: 'missed: one too many',
  found: 'found',
}

/** What each kind of detection is called in a list. */
export const KIND_WORDS: Readonly<Record<DetectionKind, string>> = {
  right: 'correct',
  ignored: 'on a difficult object: counts neither way',
  duplicate: 'wrong: a duplicate',
  'wrong-class': 'wrong: another class',
  'badly-placed': 'wrong: badly placed',
  background: 'wrong: nothing is there',
  unknown: 'unknown: no labels',
}

/** A box of a trace, pixels of the network's input, in pixels of the picture. */
export function inPicture(
  { config, picture }: Trace,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
): Box {
  return scaleBox({ x1, y1, x2, y2 }, config.input, picture)
}
