/** @file The first pictures of a run as the network will see them, drawn before anything is trained. */
import { anchorsOf } from '../../anchor/model-anchors.ts'
import { groundTruthSvg } from '../../draw/detections-svg.ts'
import { createImage, type Image } from '../../image/image.ts'
import { createBatches } from '../../train/batches.ts'
import { imagesOf, type ShownImage } from '../../train/preview.ts'
import { openTrainingSplit } from '../data/training-data.ts'
import { refuseExisting } from '../files/new-file.ts'
import { createPictureCache } from '../picture/picture-cache.ts'
import { drawOver, writePng } from '../picture/write-image.ts'
import { configureRun } from './train.ts'
import type { StartRequest } from './train-request.ts'

/** What to draw. */
export interface PreviewRequest extends Omit<StartRequest, 'out' | 'resume'> {
  /** The PNG file to make. */
  readonly file: string
}

/** What was drawn. */
export interface PreviewResult {
  readonly file: string
  readonly pictures: readonly {
    readonly id: string
    readonly objects: number
    readonly anchors: number
  }[]
}

/** Pictures that are drawn, and how many stand beside one another. */
const PICTURES = 12
const COLUMNS = 4
/** Pixels between two. */
const GAP = 4

/**
 * Draws what the first steps of a run will be fed: varied pictures, and the objects that their targets lead to.
 * @throws SingleshotError as `train` when it begins a run; E_OUTPUT_EXISTS, E_WRITE
 */
export async function previewTraining(request: PreviewRequest): Promise<PreviewResult> {
  const { file, data } = request
  await refuseExisting('train', file)
  const opened = await openTrainingSplit(request)
  const split = opened.dataset.split?.name
  const run = { data, split, budget: { epochs: 1 } }
  const { model, train, augment } = await configureRun({ ...request, out: file }, run, opened)
  const cache = createPictureCache({ inputSize: model.input, read: (one) => opened.readImage(one) })
  const batches = createBatches({
    ...{ config: model, augment, seed: train.seed, anchors: anchorsOf(model) },
    batch: Math.min(PICTURES, opened.dataset.examples.length),
    examples: opened.dataset.examples,
    pictures: (example) => cache.get(example),
  })
  const shown = imagesOf(await batches.make(0), model)
  const drawn = await Promise.all(shown.map((one) => draw(one, model.classes)))
  await writePng(mosaicOf(drawn), file)
  return {
    file,
    pictures: shown.map(({ id, objects }) => ({
      id,
      objects: objects.length,
      anchors: objects.reduce((sum, { anchors }) => sum + anchors, 0),
    })),
  }
}

function draw({ image, objects }: ShownImage, classes: readonly string[]): Promise<Image> {
  const labels = objects.map((object) => ({ ...object, difficult: false }))
  return drawOver(image, groundTruthSvg(image, labels, classes))
}

/** Images of one size, side by side. */
function mosaicOf(images: readonly Image[]): Image {
  const { width, height } = images[0]!
  const columns = Math.min(COLUMNS, images.length)
  const rows = Math.ceil(images.length / columns)
  const whole = createImage(
    { width: columns * (width + GAP) - GAP, height: rows * (height + GAP) - GAP },
    [255, 255, 255],
  )
  for (const [i, image] of images.entries()) {
    const [left, top] = [(i % columns) * (width + GAP), Math.floor(i / columns) * (height + GAP)]
    for (let y = 0; y < height; y++) {
      const row = image.data.subarray(y * width * 3, (y + 1) * width * 3)
      ;(whole.data as Uint8Array).set(row, ((top + y) * whole.width + left) * 3)
    }
  }
  return whole
}
