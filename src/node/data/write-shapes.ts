/** @file The generated dataset as files: a folder in the devkit layout, for any tool that reads Pascal VOC. */

import { join } from 'node:path'
import * as z from 'zod'
import { isReason } from '../../call/or-aborted.ts'
import { checkOptions } from '../../check/check-options.ts'
import { callbackSchema, type PartsOf, pathSchema, signalSchema } from '../../check/schemas.ts'
import type { Example } from '../../dataset/dataset.ts'
import type { ShapesOptions } from '../../dataset/scene-options.ts'
import { SHAPES_DEFAULTS } from '../../dataset/scene-options.ts'
import { shapesParts } from '../../dataset/scene-schema.ts'
import { SHAPE_CLASSES } from '../../dataset/shape-outline.ts'
import { generateShapes } from '../../dataset/shapes.ts'
import { drawSplits, SPLIT_SHARES, type SplitShares } from '../../dataset/split.ts'
import { writeVocXml } from '../../dataset/voc-write.ts'
import type { Image } from '../../image/image.ts'
import type { Listener, WriteShapesEvent } from '../events.ts'
import { refuseFilled, writeNewFile } from '../files/new-file.ts'
import { takeBack } from '../files/take-back.ts'
import { writeJpeg, writePng } from '../picture/write-image.ts'

/** What to generate and how to store it. */
export interface WriteShapesOptions extends ShapesOptions {
  /** Default jpg, a third of png's size. */
  readonly format?: 'jpg' | 'png'
  /** Default 70 % train, 10 % val, 20 % test. */
  readonly shares?: SplitShares
  /** Ends the writing with its reason; what was written is removed again. */
  readonly signal?: AbortSignal | undefined
  /** Told after each scene. */
  readonly onEvent?: Listener<WriteShapesEvent>
}

const splitShare = z.number().min(0).max(1)

/** What `writeShapes` takes. */
const writeShapesSchema = z.strictObject({
  ...shapesParts,
  format: z.enum(['jpg', 'png']).optional(),
  shares: z
    .strictObject({ test: splitShare, val: splitShare })
    .refine(({ test, val }) => test + val <= 1, 'expected shares of together at most 1')
    .optional(),
  signal: signalSchema.optional(),
  onEvent: callbackSchema.optional(),
} satisfies PartsOf<WriteShapesOptions>)

/**
 * Writes JPEGImages/, Annotations/ and ImageSets/Main/{train,val,trainval,test}.txt.
 * @param folder new or empty
 * @throws SingleshotError E_CONFIG for an option that is unknown or out of range; E_OUTPUT_EXISTS if the folder holds
 * anything; E_WRITE if a file cannot be written; the signal's reason
 * @example
 * ```js
 * import { readdir } from 'node:fs/promises'
 * import { writeShapes } from 'singleshot'
 *
 * await writeShapes('scenes', { scenes: 10, seed: 1 })
 * console.log((await readdir('scenes/JPEGImages')).length) // → 10
 * ```
 */
export async function writeShapes(folder: string, options: WriteShapesOptions): Promise<void> {
  checkOptions(pathSchema, folder, 'writeShapes', { object: 'folder' })
  checkOptions(writeShapesSchema, options, 'writeShapes')
  const { format = 'jpg', shares = SPLIT_SHARES, signal, onEvent, ...shapes } = options
  const { scenes, seed = SHAPES_DEFAULTS.seed, first = SHAPES_DEFAULTS.first } = shapes
  signal?.throwIfAborted()
  await refuseFilled('writeShapes', folder)
  const written: string[] = []
  try {
    const ids: string[] = []
    // One scene at a time: a dataset may be larger than the memory.
    for (let i = 0; i < scenes; i++) {
      signal?.throwIfAborted()
      const { dataset, images } = generateShapes({ ...shapes, scenes: 1, first: first + i })
      const scene = { example: dataset.examples[0]!, image: images[0]! }
      await writeScene(folder, scene, { format, written })
      ids.push(scene.example.id)
      onEvent?.({ type: 'progress', task: 'write', done: i + 1, total: scenes })
    }
    signal?.throwIfAborted()
    for (const [split, members] of drawSplits(ids, seed, shares)) {
      const lines = members.map((id) => `${id}\n`).join('')
      await writeNewFile(join(folder, 'ImageSets', 'Main', `${split}.txt`), lines)
    }
  } catch (error) {
    // Without its lists the set would pass for a whole one of fewer scenes.
    if (isReason(error, signal)) await takeBack(written, folder)
    throw error
  }
}

/** Writes a picture and its annotation, and notes both. */
async function writeScene(
  folder: string,
  { example, image }: { readonly example: Example; readonly image: Image },
  { format, written }: { readonly format: 'jpg' | 'png'; readonly written: string[] },
): Promise<void> {
  const name = `${example.id}.${format}`
  const paths = {
    picture: join(folder, 'JPEGImages', name),
    xml: join(folder, 'Annotations', `${example.id}.xml`),
  }
  await (format === 'jpg' ? writeJpeg : writePng)(image, paths.picture)
  written.push(paths.picture)
  await writeNewFile(paths.xml, writeVocXml(example, name, SHAPE_CLASSES))
  written.push(paths.xml)
}
