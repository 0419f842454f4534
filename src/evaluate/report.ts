/**
 * @file The numbers for people and for programs. There are half a dozen things called mAP and they differ
 * by ten points on the same detections, so no number leaves here without the name of its protocol.
 */
import { printable } from '../error/printable.ts'
import { COCO_IOU_THRESHOLDS } from './coco.ts'
import type { EvaluatedImage } from './images.ts'
import { evaluateVoc, meanOfKnown, type VocClassResult, type VocOptions } from './voc.ts'

/** One mean over the classes, with its protocol. */
export interface NamedMeasure {
  readonly name: string
  readonly protocol: string
  /** 0..1; null when there was no object to find. */
  readonly value: number | null
}

/** A test set's results, ready to be written as JSON. */
export interface EvaluationReport {
  readonly images: number
  /** Objects to find, difficult ones not counted. */
  readonly objects: number
  /** The headline first. */
  readonly measures: readonly NamedMeasure[]
  /** The protocol of the numbers in `classes`: the headline's. */
  readonly classProtocol: string
  readonly classes: readonly VocClassResult[]
}

/** What the report leaves to choose. */
export type ReportOptions = Pick<VocOptions, 'pixelConvention'>

/**
 * Evaluates a test set under VOC's rule of judging: mAP50 every-point (the headline), mAP50 11-point, and
 * the mean of the every-point mAP over the ten IoU thresholds .50, .55, ... .95.
 *
 * The last one is close to COCO's AP but not it: use {@link evaluateCoco} to compare with COCO's tables.
 * @param images boxes in pixels of the original images
 * @param classes names in class-id order, without background
 * @throws E_CLASS_UNKNOWN when a class id is not in the list
 */
export function makeReport(
  images: readonly EvaluatedImage[],
  classes: readonly string[],
  options: ReportOptions = {},
): EvaluationReport {
  const headline = evaluateVoc(images, classes, options)
  const elevenPoint = evaluateVoc(images, classes, { ...options, points: '11-point' })
  const strict = COCO_IOU_THRESHOLDS.map((iouThreshold) =>
    evaluateVoc(images, classes, { ...options, iouThreshold }),
  )
  return {
    images: images.length,
    objects: headline.classes.reduce((sum, { objects }) => sum + objects, 0),
    measures: [
      { name: 'mAP50', protocol: headline.protocol, value: headline.meanAveragePrecision },
      {
        name: 'mAP50 11-point',
        protocol: elevenPoint.protocol,
        value: elevenPoint.meanAveragePrecision,
      },
      {
        name: 'AP[.50:.95]',
        protocol: `mean of ${headline.protocol.replace(' .50', ' .50, .55, ... .95')}`,
        value: meanOfKnown(strict.map((result) => result.meanAveragePrecision)),
      },
    ],
    classProtocol: headline.protocol,
    classes: headline.classes,
  }
}

/**
 * The report as a plain-text table, percent with one decimal; "-" where there was nothing to find.
 * @returns lines ending in a newline
 */
export function formatReport(report: EvaluationReport): string {
  const measures = report.measures.map(({ name, value, protocol }) => [
    name,
    percent(value),
    protocol,
  ])
  const header = ['class', 'AP', 'objects', 'right', 'wrong', 'ignored']
  const rows = report.classes.map((row) => [
    printable(row.className),
    percent(row.averagePrecision),
    ...[row.objects, row.truePositives, row.falsePositives, row.ignored].map(String),
  ])
  return [
    `images ${report.images}, objects ${report.objects}`,
    '',
    ...alignColumns(measures),
    '',
    `Each class: ${report.classProtocol}`,
    ...alignColumns([header, ...rows]),
    '',
  ].join('\n')
}

function percent(value: number | null): string {
  return value === null ? '-' : (value * 100).toFixed(1)
}

/** Pads the cells: words to the left, numbers to the right, two spaces between columns. */
function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0))
  const pad = (cell: string, column: number) =>
    isNumeric(rows, column) ? cell.padStart(width(column)) : cell.padEnd(width(column))
  return rows.map((row) => row.map(pad).join('  ').trimEnd())
}

function isNumeric(rows: readonly (readonly string[])[], column: number): boolean {
  return rows.some((row) => /^(-|[\d.]+)$/.test(row[column] ?? ''))
}
