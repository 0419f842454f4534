/**
 * @file From the network's raw numbers to a short list of found objects, for one image:
 *
 *     logits ─softmax─▶ probabilities ─▶ candidates above scoreThreshold, best first ─┐
 *     offsets ─decode─▶ boxes ─clip──────────────────────────────────────────────────┴▶ NMS a class
 *                                     ─▶ the best maxDetections of all classes ─▶ original pixels
 *
 * Going through the candidates of all classes at once, best first, means that one may stop at maxDetections:
 * whatever comes later has a lower score. The answer is that of NMS over every class followed by a cut.
 *
 * Background is a column of the probabilities but never an answer. A box that clipping leaves without
 * area is dropped. (torchvision keeps it: it can only be a false positive.)
 *
 * Shapes: A anchors, K classes with background.
 * Source: SSD paper (arXiv 1512.02325v5), section 3.7 (.01, .45, 200); Caffe ssd_pascal.py (top_k 400).
 */
import * as z from 'zod/mini'
import type { Anchors } from '../anchor/anchors.ts'
import type { Box, Size } from '../box/box.ts'
import { clipBox } from '../box/clip.ts'
import { cornersAt } from '../box/convert.ts'
import { scaleBox } from '../box/scale.ts'
import { checkOptions } from '../check/check-options.ts'
import { type BoxCoderOptions, decoder, SSD_BOX_CODER } from '../coder/coders.ts'
import { type DetectConfig, detectSchema } from '../config/detect.ts'
import { SSD_PAPER } from '../config/ssd300.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { softmaxRows } from '../loss/class/softmax-rows.ts'
import { type Candidate, CandidateQueue } from './candidates.ts'
import type { Detection } from './detection.ts'
import { KeptBoxes } from './kept-boxes.ts'
import type { NmsOptions } from './nms.ts'

/** What selecting needs besides the network's output. */
export interface SelectOptions extends NmsOptions, BoxCoderOptions {
  /** Class names in class-id order, without background: K - 1 of them. */
  readonly classes: readonly string[]
  /** The network's input, pixels. */
  readonly inputSize: Size
  /** The original image, pixels: the boxes come out in these. */
  readonly imageSize: Size
  /** A class counts for an anchor when its probability is above this, 0..1. Default .01. */
  readonly scoreThreshold?: number
  /** Most claims a class that enter NMS, whose work grows with their square. Default 400. */
  readonly maxCandidates?: number
  /** Most detections of all classes together. Default 200. */
  readonly maxDetections?: number
  /** Told what became of every candidate, best first: for whoever explains a detection. */
  readonly onVerdict?: (verdict: SelectVerdict) => void
}

/**
 * What became of a candidate: kept; suppressed by a better box of its class; without area inside the picture;
 * or beyond one of the two limits.
 */
export type VerdictKind = 'kept' | 'suppressed' | 'no-area' | 'max-candidates' | 'max-detections'

/** What became of a candidate, and by whom. */
export interface SelectVerdict extends Candidate {
  readonly kind: VerdictKind
  /** Its decoded, clipped box, pixels of the network's input. */
  readonly box: Box
  /** Place of the detection that it became, or that suppressed it, in the list of detections; else null. */
  readonly detection: number | null
}

/**
 * Selects detections from logits, by softmax.
 * @param logits [A, K], column 0 is background
 * @param offsets [A, 4]: dx, dy, dw, dh
 * @param anchors of the network, pixels of its input
 * @returns best first; equal scores by lower class, then lower anchor
 * @throws E_SHAPE when the arrays do not fit the anchors and the class list; E_CONFIG for a threshold out of range
 */
export function selectDetections(
  logits: Float32Array,
  offsets: Float32Array,
  anchors: Anchors,
  options: SelectOptions,
): Detection[] {
  const probabilities = softmaxRows(logits, options.classes.length + 1)
  return selectFromProbabilities(probabilities, offsets, anchors, options)
}

/**
 * The same from probabilities, for a head whose scores do not come from softmax.
 * @param probabilities [A, K], each 0..1, column 0 is background
 */
export function selectFromProbabilities(
  probabilities: Float32Array,
  offsets: Float32Array,
  anchors: Anchors,
  options: SelectOptions,
): Detection[] {
  const { classes, inputSize, imageSize } = options
  const { boxCoder = SSD_BOX_CODER, onVerdict } = options
  const { scoreThreshold, nmsIouThreshold, maxCandidates, maxDetections } = thresholdsOf(options)
  checkLength(probabilities, anchors.count * (classes.length + 1))
  checkLength(offsets, anchors.count * 4)
  const decoded = new Float32Array(offsets.length)
  const decode = decoder(boxCoder, anchors, offsets, decoded)
  const boxOf = (anchor: number) => {
    decode(anchor)
    return clipBox(cornersAt(decoded, anchor), inputSize)
  }
  const kept = classes.map(() => new KeptBoxes())
  const keptAs: number[][] = classes.map(() => [])
  const candidatesLeft = classes.map(() => maxCandidates)
  const detections: Detection[] = []
  const judge = ({ anchor, classId, score }: Candidate): Omit<SelectVerdict, keyof Candidate> => {
    const box = boxOf(anchor)
    const detection = null
    if (detections.length >= maxDetections) return { kind: 'max-detections', box, detection }
    if (candidatesLeft[classId]! === 0) return { kind: 'max-candidates', box, detection }
    if (!hasArea(box)) return { kind: 'no-area', box, detection }
    candidatesLeft[classId]! -= 1
    const suppressor = kept[classId]!.suppressorOf(box, nmsIouThreshold)
    if (suppressor !== undefined)
      return { kind: 'suppressed', box, detection: keptAs[classId]![suppressor]! }
    kept[classId]!.keep(box)
    keptAs[classId]!.push(detections.length)
    const className = classes[classId]!
    detections.push({ box: scaleBox(box, inputSize, imageSize), classId, className, score })
    return { kind: 'kept', box, detection: detections.length - 1 }
  }
  const candidates = new CandidateQueue(probabilities, anchors.count, scoreThreshold)
  // Nothing comes after the last detection, unless somebody wants to hear of those that came too late.
  while (detections.length < maxDetections || onVerdict !== undefined) {
    const candidate = candidates.take()
    if (candidate === undefined) break
    if (candidatesLeft[candidate.classId]! === 0 && onVerdict === undefined) continue
    const verdict = judge(candidate)
    onVerdict?.({ ...candidate, ...verdict })
  }
  return detections
}

/** Thresholds by themselves may be larger than a model's: whoever asks "what if" sets no limit. */
const limit = z.int().check(z.minimum(1))
const thresholdsSchema = z.partial(
  z.extend(detectSchema, { maxCandidates: limit, maxDetections: limit }),
)

/** The thresholds, checked; where one is missing SSD's. */
function thresholdsOf({
  scoreThreshold,
  nmsIouThreshold,
  maxCandidates,
  maxDetections,
}: Partial<DetectConfig>): DetectConfig {
  const given = { scoreThreshold, nmsIouThreshold, maxCandidates, maxDetections }
  return { ...SSD_PAPER.detect, ...checkOptions(thresholdsSchema, given, 'selectDetections') }
}

/** False where clipping left nothing of a box, or a side is NaN. */
function hasArea({ x1, y1, x2, y2 }: Box): boolean {
  return x2 > x1 && y2 > y1
}

function checkLength(values: Float32Array, expected: number): void {
  if (values.length === expected) return
  const rule = `expected ${expected} numbers, a row for each anchor`
  throw new SingleshotError('E_SHAPE', { where: 'selectDetections', rule, got: values.length })
}
