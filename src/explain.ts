/**
 * @file What explains a detector: the trace of a picture, what was missed and why, and pictures of it. A table of contents,
 * part of `singleshot/core`.
 */

// One picture's whole way through a detector, and why an object was missed.

export type {
  DetectedFinding,
  DetectionKind,
  MissedFinding,
  Stage,
  Telling,
  WhyOptions,
} from './explain/finding.ts'
export {
  type HandMade,
  type HandMadeAnswer,
  handMadeModel,
  handMadeSeen,
  traceByHand,
} from './explain/hand-made.ts'
export {
  type AnswerNumbers,
  compileLoss,
  type LossNumbers,
  runLoss,
} from './explain/loss-program.ts'
export type { TracedObject } from './explain/object-story.ts'
export { readTrace } from './explain/read-trace.ts'
export type { WhyTarget } from './explain/sought.ts'
export {
  type AnchorTrace,
  type DetectionTrace,
  type Four,
  type ObjectTrace,
  TRACE_VERSION,
  type Trace,
  traceSchema,
} from './explain/trace.ts'
export { type TraceOptions, traceAnswers, traceImage } from './explain/trace-image.ts'
export { traceJsonSchema } from './explain/trace-schema.ts'
export { compileForTrace, look, type Seen, type Tracer } from './explain/tracer.ts'
export { whyMissed } from './explain/why.ts'
export { whyDetected } from './explain/why-detected.ts'
export { type Finding, whyPicture } from './explain/why-picture.ts'

// Pictures of it, as SVG.

export type { Curve, Panel } from './draw/curve.ts'
export { curvesSvg } from './draw/curve-svg.ts'
export {
  type Comparison,
  comparisonSvg,
  detectionsSvg,
  groundTruthSvg,
} from './draw/detections-svg.ts'
export { type PlateToPlace, placePlate } from './draw/place-plate.ts'

// What is put beside the page that shows it.

export {
  EMPTY_MANIFEST,
  MANIFEST_VERSION,
  type PageManifest,
  type PageManifestFile,
  pageManifestSchema,
  readPageManifest,
} from './explain/page-manifest.ts'
