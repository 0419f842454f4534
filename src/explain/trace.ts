/**
 * @file The trace: one picture's whole way through a detector, as data. Every anchor says where it stands, which
 * object it answers for and why, what it should have said, what it did say, what it was blamed for, and what
 * became of it. The schema below is the type, the published JSON Schema (docs/trace.schema.json) and the check on
 * reading, in one.
 *
 * Boxes are corners [x1, y1, x2, y2], in pixels of the network's input unless a name says otherwise.
 *
 * Shapes: A anchors, M objects, K classes with background as class 0.
 */
import * as z from 'zod'
import { modelPartsWith } from '../config/model.ts'

/** Raised when a trace of this version could no longer be read by the former code. */
export const TRACE_VERSION = 3

const number = z.number()
const count = z.number().int().min(0)
const four = z.tuple([number, number, number, number])
const size = z.strictObject({ width: number, height: number })
const fraction = z.number().min(0).max(1)

/** How the picture became the network's input: stretched to its size, then (byte - mean) / std. */
const inputSchema = z.strictObject({
  size,
  /** Pixels of the picture for each pixel of the input. */
  scaleX: number,
  scaleY: number,
  /** Mean of the red, green and blue plane, as the network sees them. */
  channelMeans: z.tuple([number, number, number]),
})

/** One grid of cells. */
const featureMapSchema = z.strictObject({
  gridWidth: count,
  gridHeight: count,
  strideX: number,
  strideY: number,
  /** Anchors of a cell. */
  shapes: z.array(size),
  /** Index of the map's first anchor, and how many it has. */
  firstAnchor: count,
  anchorCount: count,
  /** [gridHeight · gridWidth]: mean size of what the network saw in each cell, over its channels. */
  activation: z.array(number),
})

/** One object of the ground truth. */
const objectSchema = z.strictObject({
  classId: count,
  className: z.string(),
  /** Marked as such in the ground truth: trained on, but counted neither way when judging. */
  difficult: z.boolean(),
  /** Pixels of the picture. */
  pictureBox: four,
  box: four,
  /** The anchor that overlaps it most; null where none does. */
  bestAnchor: count.nullable(),
  bestIou: fraction,
  /** The anchor that was forced to answer for it, whatever its IoU; null where none was left. */
  forcedAnchor: count.nullable(),
  /** The object that took this anchor away (`overwriting` matcher); null where it was not taken. */
  lostTo: count.nullable(),
  /** All anchors that answer for it. */
  anchors: z.array(count),
})

/** Why an anchor is what it is. */
const matchSchema = z.strictObject({
  /** The object that it answers for; null: it answers for background. */
  object: count.nullable(),
  /**
   * threshold: its IoU reaches matchIouThreshold. forced: the object needed an anchor. both: both.
   * below-threshold: it overlaps an object, but too little. no-overlap: it overlaps none.
   */
  reason: z.enum(['threshold', 'forced', 'both', 'below-threshold', 'no-overlap']),
  /** The object that it overlaps most; null where it overlaps none. */
  bestObject: count.nullable(),
  bestIou: fraction,
})

/** What one anchor was blamed for. */
const anchorLossSchema = z.strictObject({
  /** How wrong its class was, counted or not. */
  classError: number,
  /** Its class error takes part in the loss. */
  contributing: z.boolean(),
  /** A negative that takes part because it is one of the hardest. */
  mined: z.boolean(),
  offsetError: number,
  /** Its part of the class loss and of the offset loss: all parts add up to the loss. */
  classShare: number,
  offsetShare: number,
  /** Slope of the loss along each logit [K] and each offset: training goes the other way. */
  logitGradient: z.array(number),
  offsetGradient: four,
})

/** One claim of an anchor, "I see class k", and what became of it. */
const verdictSchema = z.strictObject({
  classId: count,
  score: fraction,
  kind: z.enum(['kept', 'suppressed', 'no-area', 'max-candidates', 'max-detections']),
  /** Place of the detection that it became, or that suppressed it; null otherwise. */
  detection: count.nullable(),
})

/** One anchor's story. */
const anchorSchema = z.strictObject({
  featureMap: count,
  row: count,
  column: count,
  /** Which shape of its cell. */
  shape: count,
  box: four,
  /** [M]: IoU with each object. */
  ious: z.array(fraction),
  match: matchSchema,
  /** What it should say: a class (0 background, else class id + 1), and offsets where it answers for an object. */
  target: z.strictObject({ class: count, offsets: four.nullable() }),
  /** What it says: logits and probabilities [K], offsets, and the box that they mean (not clipped). */
  predicted: z.strictObject({
    logits: z.array(number),
    probabilities: z.array(number),
    offsets: four,
    box: four,
  }),
  /** Null when the trace has no ground truth. */
  loss: anchorLossSchema.nullable(),
  /** Claims above scoreThreshold, best first. */
  verdicts: z.array(verdictSchema),
})

/** One found object. */
const detectionSchema = z.strictObject({
  classId: count,
  className: z.string(),
  score: fraction,
  /** Pixels of the picture. */
  pictureBox: four,
  box: four,
  /** The anchor that found it. */
  anchor: count,
})

/** The loss of the picture by itself. */
const lossSchema = z.strictObject({
  loss: number,
  classLoss: number,
  offsetLoss: number,
  positives: count,
  /** Negatives that take part. */
  minedNegatives: count,
})

/** One picture's whole way through a detector. */
export const traceSchema = z.strictObject({
  version: z.literal(TRACE_VERSION),
  /** A trace made by hand need not be of a network. */
  config: modelPartsWith(),
  /** The picture, pixels. */
  picture: size,
  input: inputSchema,
  featureMaps: z.array(featureMapSchema),
  objects: z.array(objectSchema),
  /** [A], in the network's order. */
  anchors: z.array(anchorSchema),
  /** Null when the trace has no ground truth. */
  loss: lossSchema.nullable(),
  /** Best first. */
  detections: z.array(detectionSchema),
})

/** One picture's whole way through a detector: see {@link traceSchema}. */
export type Trace = z.infer<typeof traceSchema>
/** One anchor's story. */
export type AnchorTrace = Trace['anchors'][number]
/** One object of the ground truth. */
export type ObjectTrace = Trace['objects'][number]
/** One found object. */
export type DetectionTrace = Trace['detections'][number]
/** One grid of cells. */
export type FeatureMapTrace = Trace['featureMaps'][number]
/** Four numbers: corners or offsets. */
export type Four = [number, number, number, number]
