/** @file What was found, drawn over the picture as an SVG document; and beside it what should have been. */
import type { Size } from '../box/box.ts'
import type { GroundTruth } from '../dataset/dataset.ts'
import type { Detection } from '../detect/detection.ts'
import type { Rgb } from '../image/image.ts'
import { type LabelledBox, labelledBoxesSvg, pictureSvg } from './labelled-box.ts'
import { classColour } from './palette.ts'

/**
 * Draws detections: a box in the colour of its class, with name and score in per cent.
 * @param size of the picture in pixels, which the boxes are in
 * @param detections in any order; the best are drawn last, on top
 * @returns an SVG document of that size, transparent where nothing is drawn
 */
export function detectionsSvg(size: Size, detections: readonly Detection[]): string {
  return drawBoxes(size, detectionBoxes(detections))
}

/**
 * Draws the labels of a picture.
 * @param size of the picture in pixels, which the boxes are in
 * @param classes names in class-id order
 */
export function groundTruthSvg(
  size: Size,
  objects: readonly GroundTruth[],
  classes: readonly string[],
): string {
  const boxes = objects.map(({ box, classId, difficult }) => ({
    box,
    label: `${classes[classId] ?? classId}${difficult ? ' (difficult)' : ''}`,
    colour: classColour(classId),
  }))
  return drawBoxes(size, boxes)
}

/** What {@link comparisonSvg} draws. */
export interface Comparison {
  readonly detections: readonly Detection[]
  readonly objects: readonly GroundTruth[]
  /** Names in class-id order. */
  readonly classes: readonly string[]
  /** Objects that no detection found, by position in `objects`; they are marked. */
  readonly missed?: ReadonlySet<number>
}

/** What should have been found: nearly white, so that it is not taken for a class. */
const TRUTH: Rgb = [245, 245, 245]

/** What was missed. */
const MISSED: Rgb = [255, 59, 48]

/**
 * Draws detections (whole lines, labels above) over the ground truth (broken lines, labels below; red if
 * it was missed).
 * @param size of the picture in pixels, which all boxes are in
 */
export function comparisonSvg(
  size: Size,
  { detections, objects, classes, missed = new Set() }: Comparison,
): string {
  const truth = objects.map(({ box, classId }, i) => ({
    box,
    label: missed.has(i) ? `missed ${classes[classId] ?? classId}` : '',
    colour: missed.has(i) ? MISSED : TRUTH,
    dashed: true,
  }))
  return drawBoxes(size, [...detectionBoxes(detections), ...truth])
}

function detectionBoxes(detections: readonly Detection[]): LabelledBox[] {
  return [...detections]
    .sort((a, b) => a.score - b.score)
    .map(({ box, classId, className, score }) => ({
      box,
      label: `${className} ${Math.round(score * 100)}%`,
      colour: classColour(classId),
    }))
}

function drawBoxes(size: Size, boxes: readonly LabelledBox[]): string {
  return pictureSvg(size, labelledBoxesSvg(boxes, size))
}
