/** @file The generated dataset as files: a folder in the devkit layout, for any tool that reads Pascal VOC. */
import { join } from 'node:path'
import { checkOptions } from '../../check/check-options.ts'
import { pathSchema } from '../../check/schemas.ts'
import { SHAPE_CLASSES } from '../../dataset/shape-outline.ts'
import { generateShapes, type ShapesOptions } from '../../dataset/shapes.ts'
import { drawSplits, SPLIT_SHARES, type SplitShares } from '../../dataset/split.ts'
import { writeVocXml } from '../../dataset/voc-write.ts'
import { refuseFilled, writeNewFile } from '../files/new-file.ts'
import { writeJpeg, writePng } from '../picture/write-image.ts'
import { writeShapesSchema } from '../request-schemas.ts'

/** What to generate and how to store it. */
export interface WriteShapesOptions extends ShapesOptions {
  /** Default jpg, a third of png's size. */
  readonly format?: 'jpg' | 'png'
  /** Default 70 % train, 10 % val, 20 % test. */
  readonly shares?: SplitShares
  /** Called after each scene with how many are written. */
  readonly onProgress?: (written: number) => void
}

/**
 * Writes JPEGImages/, Annotations/ and ImageSets/Main/{train,val,trainval,test}.txt.
 * @param folder new or empty
 * @throws SingleshotError E_CONFIG for an option that is unknown or out of range; E_OUTPUT_EXISTS if the folder holds
 * anything; E_WRITE if a file cannot be written
 */
export async function writeShapes(folder: string, options: WriteShapesOptions): Promise<void> {
  checkOptions(pathSchema, folder, 'writeShapes', { object: 'folder' })
  checkOptions(writeShapesSchema, options, 'writeShapes')
  const { format = 'jpg', shares = SPLIT_SHARES, onProgress, ...shapes } = options
  const { scenes, seed = 0, first = 0 } = shapes
  const ids: string[] = []
  await refuseFilled('writeShapes', folder)
  // One scene at a time: a dataset may be larger than the memory.
  for (let i = 0; i < scenes; i++) {
    const { dataset, images } = generateShapes({ ...shapes, scenes: 1, first: first + i })
    const example = dataset.examples[0]!
    const name = `${example.id}.${format}`
    const write = format === 'jpg' ? writeJpeg : writePng
    await write(images[0]!, join(folder, 'JPEGImages', name))
    const xml = writeVocXml(example, name, SHAPE_CLASSES)
    await writeNewFile(join(folder, 'Annotations', `${example.id}.xml`), xml)
    ids.push(example.id)
    onProgress?.(i + 1)
  }
  for (const [split, members] of drawSplits(ids, seed, shares)) {
    const lines = members.map((id) => `${id}\n`).join('')
    await writeNewFile(join(folder, 'ImageSets', 'Main', `${split}.txt`), lines)
  }
}
