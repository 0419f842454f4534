/**
 * @file Our evaluators against published numbers. The reference cases lie in ../shared/data/evaluator,
 * beside the repository; each folder's SOURCES.md says where they come from and under which licence.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type CocoResult, evaluateCoco } from '../../src/evaluate/coco.ts'
import { evaluateVoc, type VocOptions } from '../../src/evaluate/voc.ts'

const FOLDER = new URL('../../../shared/data/evaluator/', import.meta.url)
const isThere = existsSync(FOLDER)
if (!isThere)
  console.warn('SKIPPED: no published AP numbers, ../shared/data/evaluator is not there')

describe.skipIf(!isThere)('evaluators give the published numbers', () => {
  const cases = isThere ? readJson('voc-cases/expected.json') : {}
  const levels = Object.keys(cases.every_point ?? {})

  test.each(levels)('VOC, every point, inclusive pixels, IoU %s', (level) => {
    expect(vocAp(level, 'every-point')).toBeCloseTo(cases.every_point[level], 9)
  })

  test.each(levels)('VOC, 11 points, inclusive pixels, IoU %s', (level) => {
    expect(vocAp(level, '11-point')).toBeCloseTo(cases.eleven_point[level], 9)
  })

  test('VOC, every point, continuous pixels', () => {
    const images = readTextImages('voc-cases/test_case_1/gts/', 'voc-cases/test_case_1/dets/')
    const ap = (iouThreshold: number) =>
      evaluateVoc(images, ['object'], { iouThreshold }).meanAveragePrecision
    expect(ap(0.1)).toBeCloseTo(0.2801328502, 9)
    expect(ap(0.3)).toBeCloseTo(0.2253968254, 9)
  })

  test('VOC sample 2 gives the published 24.57 % and 26.84 %', () => {
    const { iou, every_point, eleven_point } = readJson('voc-sample/expected.json').sample_2
    const folder = 'voc-sample/sample_2/'
    const images = readTextImages(`${folder}groundtruths/`, `${folder}detections/`)
    const ap = (points: VocOptions['points'] & string) =>
      evaluateVoc(images, ['object'], { iouThreshold: iou, points, pixelConvention: 'inclusive' })
        .meanAveragePrecision
    expect(ap('every-point')).toBeCloseTo(every_point, 4)
    expect(ap('11-point')).toBeCloseTo(eleven_point, 4)
  })

  test("COCO's twelve numbers", () => {
    const result = evaluateCoco(...readCoco())
    const published: Record<string, number> = readJson('coco/expected.json').values
    expect(Object.keys(published)).toHaveLength(12)
    for (const [name, value] of Object.entries(published))
      expect(result[name as keyof CocoResult], name).toBeCloseTo(value, 6)
  })
})

function readText(path: string): string {
  return readFileSync(new URL(path, FOLDER), 'utf8')
}

// biome-ignore lint/suspicious/noExplicitAny: foreign JSON, read only here
function readJson(path: string): any {
  return JSON.parse(readText(path))
}

function vocAp(level: string, points: '11-point' | 'every-point'): number | null {
  const images = readTextImages('voc-cases/test_case_1/gts/', 'voc-cases/test_case_1/dets/')
  const options = { iouThreshold: Number(level), points, pixelConvention: 'inclusive' } as const
  return evaluateVoc(images, ['object'], options).meanAveragePrecision
}

/** One text file an image: `class x y w h` for objects, `class score x y w h` for detections. */
function readTextImages(groundTruthFolder: string, detectionFolder: string) {
  const readLines = (path: string) =>
    readText(path)
      .split('\n')
      .map((line) => line.trim().split(/\s+/).slice(1).map(Number))
      .filter((numbers) => numbers.length > 0)
  return readdirSync(new URL(groundTruthFolder, FOLDER))
    .sort()
    .map((file) => ({
      groundTruth: readLines(groundTruthFolder + file).map((xywh) => ({
        box: toBox(xywh),
        classId: 0,
        difficult: false,
      })),
      detections: readLines(detectionFolder + file).map(([score, ...xywh]) => ({
        box: toBox(xywh),
        classId: 0,
        score: score!,
      })),
    }))
}

function toBox([x, y, w, h]: readonly number[]) {
  return { x1: x!, y1: y!, x2: x! + w!, y2: y! + h! }
}

/** COCO's sparse category ids become places in the class list. */
function readCoco(): Parameters<typeof evaluateCoco> {
  interface Entry {
    image_id: number
    category_id: number
    bbox: number[]
    score: number
    area: number
    iscrowd: number
  }
  const truth = readJson('coco/test_coco_eval/gts/sampled_gts_bbox_area.json')
  const found: Entry[] = readJson('coco/test_coco_eval/cocoapi_results.json')
  const categories: { id: number; name: string }[] = truth.categories
  const place = (entry: Entry) => ({
    box: toBox(entry.bbox),
    classId: categories.findIndex(({ id }) => id === entry.category_id),
  })
  // pycocotools goes through the images by id, and the order decides between equal scores.
  const ids: number[] = truth.images.map(({ id }: { id: number }) => id).sort(ascending)
  const images = ids.map((id) => ({
    groundTruth: truth.annotations
      .filter((entry: Entry) => entry.image_id === id)
      .map((e: Entry) => ({ ...place(e), area: e.area, crowd: e.iscrowd === 1 })),
    detections: found
      .filter((entry) => entry.image_id === id)
      .map((entry) => ({ ...place(entry), score: entry.score })),
  }))
  return [images, categories.map(({ name }) => name)]
}

function ascending(a: number, b: number): number {
  return a - b
}
