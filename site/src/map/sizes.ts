/** @file The live numbers of the map: what goes from part to part, for the current picture. */
import { anchorsOf, type ModelConfig, SHOWN_SCORE, type Size, type Trace } from 'singleshot/core'
import { countOf } from '../shell/count-of.ts'
import { PART_IDS, type PartId } from './parts.ts'

/** What is known so far; the trace comes when the network has looked. */
export interface Known {
  readonly config: ModelConfig
  readonly picture: Size
  /** Labelled objects; undefined where the picture has none that the network knows. */
  readonly objects: number | undefined
  readonly weightCount: number | null
  readonly trace: Trace | null
}

/** What is written at a part; the number itself for those that have one. */
export interface PartSize {
  readonly text: string
  readonly value: number | null
}

const UNKNOWN: PartSize = { text: '…', value: null }
const whole = (value: number) => value.toLocaleString('en')
const size = (value: number, text: string): PartSize => ({ value, text })

/** The numbers at every part. */
export function sizesOf(known: Known): Readonly<Record<PartId, PartSize>> {
  const sizes = { ...usingSizes(known), ...learningSizes(known) }
  return Object.fromEntries(PART_IDS.map((id) => [id, sizes[id]])) as Record<PartId, PartSize>
}

function usingSizes({ config, picture, trace }: Known) {
  const { count } = anchorsOf(config)
  const perAnchor = config.classes.length + 5
  const shown = trace?.anchors
    .flatMap(({ verdicts }) => verdicts)
    .filter(({ score }) => score >= SHOWN_SCORE)
  const kept = shown?.filter(({ kind }) => kind === 'kept').length ?? 0
  return {
    picture: size(picture.width * picture.height, `${picture.width} × ${picture.height} pixels`),
    network: size(
      config.featureMaps.length,
      `${config.input.width} × ${config.input.height} → ${countOf(config.featureMaps.length, 'feature map')}`,
    ),
    numbers: size(
      count * perAnchor,
      `${whole(count)} × ${perAnchor} = ${whole(count * perAnchor)} numbers`,
    ),
    boxes: shown
      ? size(shown.length, `${countOf(shown.length, 'claim')} at ${SHOWN_SCORE} or more`)
      : UNKNOWN,
    nms: shown ? size(shown.length - kept, `${shown.length - kept} removed`) : UNKNOWN,
    detections: shown ? size(kept, countOf(kept, 'detection')) : UNKNOWN,
  }
}

function learningSizes({ config, objects, weightCount, trace }: Known) {
  const { count } = anchorsOf(config)
  if (objects === undefined) {
    const none: PartSize = { text: 'no labels here', value: null }
    return {
      labels: none,
      matching: none,
      targets: none,
      loss: none,
      gradients: none,
      weights: weightsSize(weightCount),
    }
  }
  const loss = trace?.loss ?? null
  return {
    labels: size(objects, countOf(objects, 'object')),
    matching: size(
      objects * count,
      `${objects} × ${whole(count)} = ${whole(objects * count)} IoUs`,
    ),
    targets: loss
      ? size(loss.positives, `${countOf(loss.positives, 'anchor')} responsible`)
      : UNKNOWN,
    loss: loss
      ? size(
          loss.loss,
          `${loss.classLoss.toFixed(2)} + ${loss.offsetLoss.toFixed(2)} = ${loss.loss.toFixed(2)}`,
        )
      : UNKNOWN,
    gradients: trace && loss ? gradientSize(trace) : UNKNOWN,
    weights: weightsSize(weightCount),
  }
}

const weightsSize = (count: number | null) =>
  count === null ? UNKNOWN : size(count, `${whole(count)} weights`)

/** How many outputs have a slope that is not 0. */
function gradientSize({ anchors }: Trace): PartSize {
  const sloped = anchors.reduce((sum, { loss }) => {
    const slopes = [...loss!.logitGradient, ...loss!.offsetGradient]
    return sum + slopes.filter((slope) => slope !== 0).length
  }, 0)
  return size(sloped, `${whole(sloped)} outputs have a slope`)
}

/** Cells of the matching table, IoU of every object with every anchor, that differ between two networks. */
export function changedCells(
  one: Trace,
  other: Trace,
): { readonly changed: number; readonly cells: number } {
  let [changed, cells] = [0, 0]
  for (const [a, { ious }] of one.anchors.entries())
    for (const [m, iou] of ious.entries()) {
      cells += 1
      if (other.anchors[a]?.ious[m] !== iou) changed += 1
    }
  return { changed, cells }
}
