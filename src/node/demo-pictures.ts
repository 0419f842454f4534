/** @file The demo's pictures: what was found and what was missed in the first scenes of the test split. */
import { join } from 'node:path'
import { scaleBox } from '../box/scale.ts'
import type { GroundTruth } from '../dataset/dataset.ts'
import { detectImage } from '../detect/detect.ts'
import { type Detection, SHOWN_SCORE } from '../detect/detection.ts'
import type { LoadedModel } from '../detect/loaded-model.ts'
import { comparisonSvg } from '../draw/detections-svg.ts'
import type { ReportPicture } from '../draw/report-html.ts'
import { missedObjects } from '../evaluate/missed.ts'
import { resizeImage } from '../image/resize.ts'
import type { Data } from './data/data.ts'
import { drawOver, encodeJpeg, writePng } from './picture/write-image.ts'

/** Test scenes that are drawn. */
const SHOWN_SCENES = 12

/** The scenes are small; enlarged, their labels can be read and leave room for the shapes. */
const ENLARGED = 3

/** Detects in the first test scenes and saves the comparison with their labels. @throws SingleshotError E_WRITE */
export async function drawScenes(
  model: LoadedModel,
  { dataset, readImage }: Data,
  folder: string,
): Promise<ReportPicture[]> {
  const pictures: ReportPicture[] = []
  for (const example of dataset.examples.slice(0, SHOWN_SCENES)) {
    const image = await readImage(example)
    const { detections } = await detectImage(model.network, image, {
      scoreThreshold: SHOWN_SCORE,
    })
    const size = { width: image.width * ENLARGED, height: image.height * ENLARGED }
    const enlarge = <T extends GroundTruth | Detection>(thing: T): T => ({
      ...thing,
      box: scaleBox(thing.box, image, size),
    })
    const svg = comparisonSvg(size, {
      detections: detections.map(enlarge),
      objects: example.objects.map(enlarge),
      classes: dataset.classes,
      missed: missedObjects({ groundTruth: example.objects, detections }),
    })
    const drawn = await drawOver(resizeImage(image, size), svg)
    await writePng(drawn, join(folder, `${example.id}.png`))
    const jpegBase64 = Buffer.from(await encodeJpeg(drawn)).toString('base64')
    pictures.push({ title: example.id, jpegBase64 })
  }
  return pictures
}
