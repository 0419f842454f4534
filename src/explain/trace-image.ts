/**
 * @file Makes the trace of one picture, by the functions that train and detect.
 *
 *     picture ─look─▶ answers ─select─▶ detections
 *     objects ─match─▶ targets ─┴─ loss ─▶ every anchor's blame
 *
 * Shapes: A anchors, M objects, K classes with background.
 */
import type { Box } from '../box/box.ts'
import { packCorners } from '../box/box.ts'
import { scaleBox } from '../box/scale.ts'
import type { DetectConfig } from '../config/detect.ts'
import { type SelectVerdict, selectFromProbabilities } from '../detect/select.ts'
import type { Image, PixelImage } from '../image/image.ts'
import { buildTargets } from '../match/targets.ts'
import { traceAnchors } from './anchor-story.ts'
import { runLoss } from './loss-program.ts'
import { type TracedObject, traceObjects } from './object-story.ts'
import { TRACE_VERSION, type Trace } from './trace.ts'
import { look, type Seen, type Tracer } from './tracer.ts'

/** What a trace needs besides the picture. */
export interface TraceOptions {
  /** The ground truth, if known; without it the trace has no losses. */
  readonly objects?: readonly TracedObject[]
  /** Thresholds that differ from the model's own. */
  readonly detect?: Partial<DetectConfig>
}

/**
 * Traces one picture.
 * @param tracer of {@link compileForTrace}
 * @throws SingleshotError E_ARGUMENT for anything but whole RGB or RGBA pixels; E_CONFIG for a threshold out of range;
 * E_BOX_FORMAT when a coordinate of an object is not finite
 */
export async function traceImage(
  tracer: Tracer,
  image: PixelImage,
  options: TraceOptions = {},
): Promise<Trace> {
  const seen = await look(tracer, image)
  return traceAnswers(tracer, image, seen, options)
}

/** The same for a picture that was already looked at. */
export async function traceAnswers(
  tracer: Tracer,
  picture: Pick<Image, 'width' | 'height'>,
  seen: Seen,
  { objects, detect }: TraceOptions = {},
): Promise<Trace> {
  const { anchors } = tracer
  const config = { ...tracer.config, detect: { ...tracer.config.detect, ...detect } }
  const boxes = (objects ?? []).map(({ box }) => scaleBox(box, picture, config.input))
  const corners = packCorners(boxes)
  const classIds = (objects ?? []).map(({ classId }) => classId)
  const options = { ...config.match, boxCoder: config.boxCoder }
  const targets = buildTargets({ corners, classIds }, anchors, options)
  const { match } = targets
  const losses = objects === undefined ? null : await runLoss(tracer.loss, seen, targets)
  const verdicts: SelectVerdict[] = []
  const detections = selectFromProbabilities(seen.probabilities, seen.offsets, anchors, {
    ...config.detect,
    classes: config.classes,
    boxCoder: config.boxCoder,
    inputSize: config.input,
    imageSize: picture,
    onVerdict: (verdict) => verdicts.push(verdict),
  })
  const kept = verdicts.filter(({ kind }) => kind === 'kept')
  const contributing = losses?.contributing.reduce((sum, value) => sum + value, 0) ?? 0
  return {
    version: TRACE_VERSION,
    config,
    picture: { width: picture.width, height: picture.height },
    input: traceInput(config.input, picture, seen.input),
    featureMaps: traceMaps(tracer, seen),
    objects: traceObjects({ objects: objects ?? [], boxes, match, config }),
    anchors: traceAnchors({
      tracer: { ...tracer, config },
      seen,
      match,
      targets,
      losses,
      verdicts,
    }),
    loss: losses && {
      loss: losses.loss,
      classLoss: losses.classLoss,
      offsetLoss: losses.offsetLoss,
      positives: targets.positives,
      minedNegatives: contributing - targets.positives,
    },
    detections: detections.map(({ box, ...rest }, i) => ({
      ...rest,
      pictureBox: [box.x1, box.y1, box.x2, box.y2],
      box: cornersOf(kept[i]!.box),
      anchor: kept[i]!.anchor,
    })),
  }
}

const cornersOf = ({ x1, y1, x2, y2 }: Box): [number, number, number, number] => [x1, y1, x2, y2]

function traceInput(
  size: Pick<Image, 'width' | 'height'>,
  picture: Pick<Image, 'width' | 'height'>,
  pixels: Float32Array,
): Trace['input'] {
  const plane = pixels.length / 3
  const meanOf = (c: number) =>
    pixels.subarray(c * plane, (c + 1) * plane).reduce((sum, value) => sum + value, 0) / plane
  return {
    size: { ...size },
    scaleX: picture.width / size.width,
    scaleY: picture.height / size.height,
    channelMeans: [meanOf(0), meanOf(1), meanOf(2)],
  }
}

function traceMaps({ featureMaps }: Tracer, { activations }: Seen): Trace['featureMaps'] {
  let firstAnchor = 0
  return featureMaps.map((map, level) => {
    const anchorCount = map.gridWidth * map.gridHeight * map.shapes.length
    const story = { ...map, shapes: [...map.shapes], firstAnchor, anchorCount }
    firstAnchor += anchorCount
    return { ...story, activation: [...activations[level]!] }
  })
}
