/**
 * @file "What if?" Selects once more from a trace's answers, with other thresholds, by the function that detects: so
 * that an advice such as "a higher limit would have kept it" has been tried before it is given.
 *
 * Shapes: A anchors, K classes with background.
 */
import type { Anchors } from '../anchor/anchors.ts'
import { anchorsOf } from '../anchor/model-anchors.ts'
import type { Box } from '../box/box.ts'
import { boxIou } from '../box/iou.ts'
import type { DetectConfig } from '../config/detect.ts'
import { type SelectVerdict, selectFromProbabilities } from '../detect/select.ts'
import type { Trace } from './trace.ts'

/** What became of a claim under other thresholds. */
export interface Fate extends Pick<SelectVerdict, 'kind' | 'detection'> {
  /** Box of the detection that suppressed it, pixels of the network's input; null where none did. */
  readonly suppressor: Box | null
  /** Which of its class's claims it was, from 1, best first; those without area are not counted. */
  readonly place: number
  /** Scores of all detections under these thresholds, best first. */
  readonly scores: readonly number[]
}

/**
 * What would have become of an anchor's claim.
 * @param changes thresholds that differ from the trace's
 * @returns undefined where the claim would not be looked at
 */
export function fateOf(
  trace: Trace,
  { anchor, classId }: { readonly anchor: number; readonly classId: number },
  changes: Partial<DetectConfig>,
): Fate | undefined {
  const verdicts = reselect(trace, changes)
  const at = verdicts.findIndex((one) => one.anchor === anchor && one.classId === classId)
  const verdict = verdicts[at]
  if (verdict === undefined) return undefined
  const kept = verdicts.filter(({ kind }) => kind === 'kept')
  const suppressed = verdict.kind === 'suppressed' && verdict.detection !== null
  const rivals = verdicts
    .slice(0, at + 1)
    .filter((one) => one.classId === classId && one.kind !== 'no-area')
  return {
    kind: verdict.kind,
    detection: verdict.detection,
    suppressor: suppressed ? kept[verdict.detection]!.box : null,
    place: rivals.length,
    scores: kept.map(({ score }) => score),
  }
}

function reselect(trace: Trace, changes: Partial<DetectConfig>): SelectVerdict[] {
  const { config, picture } = trace
  const verdicts: SelectVerdict[] = []
  const { probabilities, offsets, anchors } = answersOf(trace)
  selectFromProbabilities(probabilities, offsets, anchors, {
    ...config.detect,
    ...changes,
    classes: config.classes,
    boxCoder: config.boxCoder,
    inputSize: config.input,
    imageSize: picture,
    onVerdict: (verdict) => verdicts.push(verdict),
  })
  return verdicts
}

/** A trace's answers as they came from the network. */
interface TracedAnswers {
  readonly probabilities: Float32Array
  readonly offsets: Float32Array
  readonly anchors: Anchors
}

/** Laid out once a trace: a story asks "what if?" dozens of times. */
const laidOut = new WeakMap<Trace, TracedAnswers>()

function answersOf(trace: Trace): TracedAnswers {
  const known = laidOut.get(trace)
  if (known !== undefined) return known
  const { anchors, config } = trace
  const answers = {
    probabilities: Float32Array.from(anchors.flatMap(({ predicted }) => predicted.probabilities)),
    offsets: Float32Array.from(anchors.flatMap(({ predicted }) => predicted.offsets)),
    anchors: anchorsOf(config),
  }
  laidOut.set(trace, answers)
  return answers
}

/** Most rounds in which one suppressor after another is let through. */
const MOST_ROUNDS = 20

/**
 * The lowest NMS threshold, in hundredths, at which a claim is kept, with the scores of all that would then be kept;
 * null if there is none below 1.
 * @param first the claim's box, its IoU with the box that suppressed it, and thresholds that change besides
 */
export function nmsToKeep(
  trace: Trace,
  key: { readonly anchor: number; readonly classId: number },
  first: { readonly box: Box; readonly overlap: number; readonly changes?: Partial<DetectConfig> },
): { readonly level: number; readonly scores: readonly number[] } | null {
  let level = hundredthsAbove(first.overlap)
  for (let round = 0; round < MOST_ROUNDS && level < 1; round++) {
    const fate = fateOf(trace, key, { ...first.changes, nmsIouThreshold: level })
    if (fate?.kind === 'kept') return { level, scores: fate.scores }
    if (fate?.suppressor == null) return null
    level = hundredthsAbove(Math.max(level + 0.01, boxIou(first.box, fate.suppressor)))
  }
  return null
}

const hundredthsAbove = (value: number) => Math.ceil(value * 100 - 1e-9) / 100
