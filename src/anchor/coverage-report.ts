/**
 * @file Coverage of a dataset in a few numbers: whom the anchors reach, by class and by size, whom nobody can be
 * responsible for, and how small the smallest objects are beside a cell.
 */
import type { Size } from '../box/box.ts'
import { scaleBox } from '../box/scale.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { type Coverage, measureCoverage } from './coverage.ts'
import { type AnchorConfig, anchorsOf, featureMapsOf } from './model-anchors.ts'

/** Some objects, and how many of them an anchor reaches. */
export interface CoverageGroup {
  readonly name: string
  readonly objects: number
  /** Whose best IoU reaches the matching threshold. */
  readonly reached: number
  /** Mean best IoU, 0..1. */
  readonly meanBestIou: number
}

/** Coverage of a dataset. */
export interface CoverageReport {
  readonly anchors: number
  readonly input: Size
  readonly matchIouThreshold: number
  readonly all: CoverageGroup
  readonly classes: readonly CoverageGroup[]
  /** By the square root of the area, in pixels of the input. */
  readonly sizes: readonly CoverageGroup[]
  /** Objects that share their best anchor with a later one of their picture: an overwriting matcher would leave them with none. */
  readonly orphaned: number
  /** The shorter side of the object that only one in ten is smaller than, in cells of the finest map. */
  readonly smallestInCells: number
}

/** Upper ends of the size groups, pixels of the input: COCO's 32 and 96 among them. */
const SIZE_ENDS = [16, 32, 64, 96, Number.POSITIVE_INFINITY]

/** One in ten is smaller. */
const SMALL_SHARE = 0.1

/** Measures a dataset against a model's anchors. @param config its description, or the parts that anchors follow from */
export function reportCoverage(
  { examples, classes }: Pick<Dataset, 'examples' | 'classes'>,
  config: AnchorConfig,
  { matchIouThreshold }: { readonly matchIouThreshold: number },
): CoverageReport {
  const { input } = config
  const anchors = anchorsOf(config)
  const { objects } = measureCoverage(examples, anchors, { input, levels: [matchIouThreshold] })
  const shapes = examples.flatMap(({ objects: labelled, size }) =>
    labelled.map(({ box, classId }) => {
      const { x1, y1, x2, y2 } = scaleBox(box, size, input)
      return { classId, width: x2 - x1, height: y2 - y1 }
    }),
  )
  const group = (name: string, holds: (i: number) => boolean): CoverageGroup => {
    const ious = objects.flatMap(({ bestIou }, i) => (holds(i) ? [bestIou] : []))
    const sum = ious.reduce((total, iou) => total + iou, 0)
    const reached = ious.filter((iou) => iou >= matchIouThreshold).length
    return { name, objects: ious.length, reached, meanBestIou: sum / Math.max(1, ious.length) }
  }
  const sideOf = (i: number) => Math.sqrt(shapes[i]!.width * shapes[i]!.height)
  const bounds = SIZE_ENDS.map((end, i) => [i === 0 ? 0 : SIZE_ENDS[i - 1]!, end] as const)
  return {
    anchors: anchors.count,
    input: { ...input },
    matchIouThreshold,
    all: group('all', () => true),
    classes: classes.map((name, classId) => group(name, (i) => shapes[i]!.classId === classId)),
    sizes: bounds.map(([from, end]) =>
      group(sizeName(from, end), (i) => sideOf(i) >= from && sideOf(i) < end),
    ),
    orphaned: countOrphans(objects),
    smallestInCells: smallestInCells(shapes, config),
  }
}

const sizeName = (from: number, end: number) =>
  Number.isFinite(end) ? `${from} to ${end} px` : `${from} px and more`

function countOrphans(objects: Coverage['objects']): number {
  const takers = new Map<string, number>()
  for (const [i, { exampleId, anchor }] of objects.entries())
    takers.set(`${anchor} ${exampleId}`, i)
  return objects.filter(({ exampleId, anchor }, i) => {
    return anchor >= 0 && takers.get(`${anchor} ${exampleId}`) !== i
  }).length
}

function smallestInCells(shapes: readonly Size[], config: AnchorConfig): number {
  const { strideX, strideY } = featureMapsOf(config)[0]!
  const sides = shapes.map(({ width, height }) => Math.min(width / strideX, height / strideY))
  const sorted = sides.toSorted((a, b) => a - b)
  return sorted[Math.floor(SMALL_SHARE * sorted.length)] ?? 0
}
