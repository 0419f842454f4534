/** @file How answers become detections unless told otherwise. */

/** SSD paper, section 3.7; Caffe ssd_pascal.py; torchvision the same. */
export const DETECT_DEFAULTS = {
  scoreThreshold: 0.01,
  nmsIouThreshold: 0.45,
  maxCandidates: 400,
  maxDetections: 200,
} as const
