/**
 * @file A network's answers for one picture, and what the library makes of them under any thresholds. The network is
 * asked once; a slider only selects again, with the function that detects.
 *
 * Shapes: A anchors, K classes with background.
 */
import {
  type Anchors,
  anchorsOf,
  type Box,
  type DetectConfig,
  type Detection,
  type ModelConfig,
  packCorners,
  type SelectOptions,
  type Size,
  scaleBox,
  selectFromProbabilities,
  type Trace,
} from 'singleshot/core'

/** What a network said of a picture. */
export interface Answers {
  readonly config: ModelConfig
  readonly anchors: Anchors
  /** [A, K], background first. */
  readonly probabilities: Float32Array
  /** [A, 4]: dx, dy, dw, dh. */
  readonly offsets: Float32Array
  /** Corners [A, 4] of the decoded boxes, not clipped, pixels of the network's input. */
  readonly decoded: Float32Array
  /** The picture, pixels. */
  readonly picture: Size
}

type Verdict = Parameters<NonNullable<SelectOptions['onVerdict']>>[0]

/** One claim, "anchor a sees class k", and what became of it. `box` is clipped, pixels of the network's input. */
export type Claim = Verdict

/** What selecting made of the answers. */
export interface Selection {
  /** Everything above the score threshold, best first. */
  readonly claims: readonly Claim[]
  /** What was kept, best first; boxes in pixels of the picture. */
  readonly detections: readonly Detection[]
}

/** The answers of a trace, as they came from the network. */
export function answersOf({ config, anchors, picture }: Trace): Answers {
  return {
    config,
    picture,
    anchors: anchorsOf(config),
    probabilities: Float32Array.from(anchors.flatMap(({ predicted }) => predicted.probabilities)),
    offsets: Float32Array.from(anchors.flatMap(({ predicted }) => predicted.offsets)),
    decoded: packCorners(
      anchors.map(
        ({
          predicted: {
            box: [x1, y1, x2, y2],
          },
        }) => ({ x1, y1, x2, y2 }),
      ),
    ),
  }
}

/** Selects by the library, and listens to every verdict. @param changes thresholds that differ from the model's */
export function selectFrom(
  { config, anchors, probabilities, offsets, picture }: Answers,
  changes: Partial<DetectConfig> = {},
): Selection {
  const claims: Claim[] = []
  const detections = selectFromProbabilities(probabilities, offsets, anchors, {
    ...config.detect,
    ...changes,
    classes: config.classes,
    boxCoder: config.boxCoder,
    inputSize: config.input,
    imageSize: picture,
    onVerdict: (verdict) => claims.push(verdict),
  })
  return { claims, detections }
}

/** A box of the network's input, in pixels of the picture. */
export function inPicture(box: Box, { config, picture }: Pick<Answers, 'config' | 'picture'>): Box {
  return scaleBox(box, config.input, picture)
}
