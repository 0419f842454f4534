/** @file Every labelling format: one record each, in one file each. */
import { SingleshotError } from '../error/singleshot-error.ts'
import { didYouMean } from '../error/suggest.ts'
import { FORMAT_NAMES, type FormatName } from './format-names.ts'
import { cocoFormat } from './formats/coco.ts'
import { createMlFormat } from './formats/create-ml.ts'
import { cvatFormat } from './formats/cvat.ts'
import { fiftyOneFormat } from './formats/fiftyone.ts'
import { kittiFormat } from './formats/kitti.ts'
import { labelStudioFormat } from './formats/label-studio.ts'
import { labelMeFormat } from './formats/labelme.ts'
import { openImagesFormat } from './formats/open-images.ts'
import { tensorflowCsvFormat } from './formats/tensorflow-csv.ts'
import { viaFormat } from './formats/via.ts'
import { vocFormat } from './formats/voc.ts'
import { yoloFormat } from './formats/yolo.ts'
import type { FileTree, LabelFormat } from './labels.ts'

/** All formats, by name. */
const BY_NAME: Readonly<Record<FormatName, LabelFormat>> = {
  voc: vocFormat,
  coco: cocoFormat,
  yolo: yoloFormat,
  cvat: cvatFormat,
  'label-studio': labelStudioFormat,
  labelme: labelMeFormat,
  via: viaFormat,
  'open-images': openImagesFormat,
  'tensorflow-csv': tensorflowCsvFormat,
  kitti: kittiFormat,
  'create-ml': createMlFormat,
  fiftyone: fiftyOneFormat,
}

/** All formats; where several say the same of a folder, the first is read. */
export const FORMATS: readonly LabelFormat[] = FORMAT_NAMES.map((name) => BY_NAME[name])

/** A format by its name. @throws SingleshotError E_FORMAT */
export function formatOf(name: string): LabelFormat {
  const found = FORMATS.find((format) => format.name === name)
  if (found !== undefined) return found
  const rule = `expected one of the formats ${FORMAT_NAMES.join(', ')}${didYouMean(name, FORMAT_NAMES)}`
  throw new SingleshotError('E_FORMAT', { where: 'readLabels', rule, got: name })
}

/** A format that a folder seems to be in, and why. */
export interface Recognised {
  readonly format: LabelFormat
  readonly reason: string
}

/** Every format that a tree seems to be in. */
export async function recogniseFormats(tree: FileTree): Promise<Recognised[]> {
  const found: Recognised[] = []
  for (const format of FORMATS) {
    const reason = await format.recognise(tree)
    if (reason !== undefined) found.push({ format, reason })
  }
  return found
}
