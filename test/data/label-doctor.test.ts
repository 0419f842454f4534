/** @file The label doctor on drawn scenes, with the small detector that ships with the explorer: what is planted is found. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { boxIou } from '../../src/box/iou.ts'
import type { Example } from '../../src/dataset/dataset.ts'
import { SHAPE_CLASSES } from '../../src/dataset/shape-outline.ts'
import { openData } from '../../src/node/data/data.ts'
import {
  type ExaminedLabels,
  examineLabels,
  examineWithSource,
} from '../../src/node/data/label-doctor.ts'
import { NOTE_ATTRIBUTE, writeReview } from '../../src/node/data/review-labels.ts'
import { writeSuspicionsPage } from '../../src/node/data/suspicions-page.ts'
import { writeShapes } from '../../src/node/data/write-shapes.ts'
import { detect } from '../../src/node/detect.ts'
import { loadModel } from '../../src/node/model.ts'
import { train } from '../../src/node/run/train.ts'

const model = fileURLToPath(new URL('../../site/public/data/model.safetensors', import.meta.url))
let folder = ''
let data = ''
let examined: ExaminedLabels

type Edit = (xml: string) => string
const OBJECT = /<object>[\s\S]*?<\/object>/

/** One fault each. */
const FAULTS: Readonly<Record<'missing' | 'class' | 'shifted' | 'spurious', Edit>> = {
  missing: (xml) => xml.replace(OBJECT, ''),
  class: (xml) =>
    xml.replace(/<object>\s*<name>(\w+)/, (all, name: string) =>
      all.replace(name, SHAPE_CLASSES.find((other) => other !== name)!),
    ),
  // Three quarters of its width and height: an overlap of .56.
  shifted: (xml) =>
    xml.replace(OBJECT, (object) => {
      const side = (name: string) => Number(new RegExp(`<${name}>([^<]*)`).exec(object)![1])
      const nearer = (low: string, high: string) =>
        Math.round(side(low) + 0.75 * (side(high) - side(low)))
      return object
        .replace(/<xmax>[^<]*/, `<xmax>${nearer('xmin', 'xmax')}`)
        .replace(/<ymax>[^<]*/, `<ymax>${nearer('ymin', 'ymax')}`)
    }),
  spurious: (xml) =>
    xml.replace(
      '</annotation>',
      `<object><name>${SHAPE_CLASSES[0]}</name><bndbox><xmin>2</xmin><ymin>2</ymin><xmax>42</xmax><ymax>32</ymax></bndbox></object></annotation>`,
    ),
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'singleshot-labels-'))
  data = join(folder, 'shapes')
  // Scenes that a small network can read: few shapes, large, none behind another.
  const scene = { crowdedShare: 0, emptyShare: 0, minimumSide: 50, minimumVisible: 1 }
  await writeShapes(data, { scenes: 60, seed: 5, scene: { ...scene, count: [1, 4] } })
  const { dataset } = await openData(data)
  // Scenes with room in the corner for what is invented.
  const corner = { x1: 0, y1: 0, x2: 60, y2: 50 }
  // Those whose first object, which the fault is about, the detector knows best.
  const known: { example: Example; score: number }[] = []
  const detector = await loadModel(model)
  for (const example of dataset.examples) {
    const [first] = example.objects
    if (first === undefined || example.objects.some(({ box }) => boxIou(box, corner) > 0)) continue
    const found = await detect(detector, example.imagePath)
    const its = found.find(
      ({ classId, box }) => classId === first.classId && boxIou(box, first.box) > 0.7,
    )
    if (its !== undefined) known.push({ example, score: its.score })
  }
  await detector.close()
  const chosen = known.toSorted((a, b) => b.score - a.score).map(({ example }) => example)
  for (const [i, edit] of Object.values(FAULTS).entries()) {
    const file = join(data, 'Annotations', `${chosen[i]!.id}.xml`)
    await writeFile(file, edit(await readFile(file, 'utf8')))
    planted.push(`JPEGImages/${chosen[i]!.id}.jpg`)
  }
  examined = await examineWithSource({ data, model })
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

const planted: string[] = []

describe('the label doctor', () => {
  it('ranks the planted faults before nearly all else that it suspects', () => {
    const { suspicions, pictures, outOfFold } = examined.report
    expect(pictures).toBe(60)
    expect(outOfFold).toBe(false)
    const kinds = Object.keys(FAULTS)
    for (const [i, file] of planted.entries())
      expect(
        suspicions
          .slice(0, planted.length + 4)
          .filter((one) => one.file === file)
          .map(({ kind }) => kind),
        `${kinds[i]} in ${file}`,
      ).toContain(kinds[i])
  })

  it('names the number, the class and the box as labelled, and what it would put there', () => {
    const one = examined.report.suspicions.find(({ file }) => file === planted[1])!
    expect(one.kind).toBe('class')
    expect(one.object).toBe(1)
    expect(one.className).not.toBe(one.proposal!.className)
    expect(boxIou(one.box!, one.proposal!.box)).toBe(1)
    expect(one.loss).toBeGreaterThan(1)
  })

  it.each(['cvat', 'label-studio'] as const)(
    'writes an import for %s with a note at each suspicious label',
    async (to) => {
      const out = join(folder, `review-${to}`)
      const pictures = await writeReview({ ...examined, to, out })
      const files = new Set(examined.report.suspicions.map(({ file }) => file))
      expect(pictures).toBe(files.size)
      const { dataset } = await openData(out, { format: to })
      expect(dataset.examples).toHaveLength(files.size)
      const text = await readFile(
        join(out, to === 'cvat' ? 'annotations.xml' : 'labels.json'),
        'utf8',
      )
      expect(text).toContain(NOTE_ATTRIBUTE)
      // CVAT wants every attribute declared with its label.
      if (to === 'cvat') expect(text).toContain(`<attribute><name>${NOTE_ATTRIBUTE}</name>`)
      expect(text).toMatch(/class, perhaps \w+ \(0\.\d\d\)|class, perhaps \w+ \(1\.00\)/)
      await expect(writeReview({ ...examined, to, out })).rejects.toMatchObject({
        code: 'E_OUTPUT_EXISTS',
      })
    },
  )

  it('refuses an import in a format that cannot hold a note', async () => {
    const out = join(folder, 'review-voc')
    await expect(writeReview({ ...examined, to: 'voc', out })).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringContaining('cvat'),
    })
  })

  it('shows each suspicion as a crop on a page that fetches nothing', async () => {
    const out = join(folder, 'page.html')
    await writeSuspicionsPage({ report: examined.report, out })
    const html = await readFile(out, 'utf8')
    expect(html.match(/<figure>/g)).toHaveLength(examined.report.suspicions.length)
    expect(html).not.toMatch(/https?:/)
  })
})

describe('folds', () => {
  it('are trained beside the run, kept, and asked about the pictures that they did not see', async () => {
    const run = join(folder, 'run')
    const input = { width: 96, height: 64 }
    await train({ data, out: run, epochs: 1, input, snapshots: 0, settings: { batch: 8 } })
    const folds: number[] = []
    const request = { data, model: run, split: 'train', folds: 2 }
    // Stopped in the middle of the first run, which is not taken for finished afterwards.
    const stop = new AbortController()
    const stopped = examineLabels({
      ...request,
      signal: stop.signal,
      onFold: ({ type }) => type === 'step' && stop.abort(),
    })
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' })
    const onFold = (_: unknown, fold: number) => folds.push(fold)
    const report = await examineLabels({ ...request, onFold })
    expect(report.outOfFold).toBe(true)
    expect(new Set(folds)).toEqual(new Set([1, 2]))
    const lists = await Promise.all(
      [1, 2].map((k) =>
        readFile(join(`${run}-folds`, 'data', 'ImageSets', 'Main', `without-${k}.txt`), 'utf8'),
      ),
    )
    const ids = lists.map((list) => list.trim().split('\n'))
    expect(ids[0]!.filter((id) => ids[1]!.includes(id))).toEqual([])
    expect(ids.flat()).toHaveLength(report.pictures)
    // A second time nothing is trained.
    folds.length = 0
    const again = await examineLabels({ ...request, onFold })
    expect(folds).toEqual([])
    expect(again).toEqual(report)
    // Other labels: the folds are not theirs.
    await expect(examineLabels({ ...request, split: 'trainval' })).rejects.toMatchObject({
      code: 'E_OUTPUT_EXISTS',
    })
  }, 60_000)

  it('leave out a picture that cannot be read, and name it, unless told to be strict', async () => {
    const cut = join(folder, 'cut')
    await cp(data, cut, { recursive: true })
    const file = join(cut, planted[1]!)
    const bytes = await readFile(file)
    await writeFile(file, bytes.subarray(0, bytes.length / 4))
    const { leftOut, suspicions, pictures } = await examineLabels({ data: cut, model })
    expect(pictures).toBe(60)
    expect(leftOut).toEqual([{ file: planted[1], problem: expect.stringContaining(planted[1]!) }])
    expect(suspicions.some((one) => one.file === planted[1])).toBe(false)
    const strict = examineLabels({ data: cut, model, strict: true })
    await expect(strict).rejects.toMatchObject({ code: 'E_IMAGE_UNREADABLE' })
  })

  it('need a run, not a model file', async () => {
    await expect(examineLabels({ data, model, folds: 2 })).rejects.toMatchObject({ code: 'E_RUN' })
  })
})
