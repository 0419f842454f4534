/**
 * @file `singleshot/evaluate`: how good detections are, anybody's. A table of contents; nothing here knows an engine or a
 * platform, so it runs in a page as well.
 */

export type { Box, Corners, Size } from './box/box.ts'
export { boxIou, iouMatrix } from './box/iou.ts'
export type {
  Dataset,
  Example,
  GroundTruth,
  LabelsRead,
  LeftOut,
  SplitTaken,
} from './dataset/dataset.ts'
export type { Detection } from './detect/detection.ts'
export { type NmsOptions, nms, nmsPerClass } from './detect/nms.ts'
export { ERRORS, type ErrorCode } from './error/codes.ts'
export { type ErrorParts, SingleshotError } from './error/singleshot-error.ts'
export {
  type ApPoints,
  averagePrecision,
  fallingPrecision,
} from './evaluate/average-precision.ts'
export { type CocoImage, type CocoResult, evaluateCoco, type Measure } from './evaluate/coco.ts'
export type { CocoObject } from './evaluate/coco-judge.ts'
export type { EvaluatedImage, JudgedDetection } from './evaluate/images.ts'
export {
  type ClassJudgement,
  JUDGE_IOU,
  type Judgement,
  type JudgeOptions,
  judgeClass,
  type PixelConvention,
  type Verdict,
} from './evaluate/judge.ts'
export { missedObjects } from './evaluate/missed.ts'
export { type PrecisionRecall, precisionRecall } from './evaluate/precision-recall.ts'
export {
  type EvaluationReport,
  formatReport,
  makeReport,
  type NamedMeasure,
  type ReportOptions,
} from './evaluate/report.ts'
export {
  evaluateVoc,
  type VocClassResult,
  type VocOptions,
  type VocResult,
} from './evaluate/voc.ts'
