/** @file What `singleshot detect` does: each picture read, looked at, told, and drawn on request. */
import { join } from 'node:path'
import { type Detection, SHOWN_SCORE } from '../detect/detection.ts'
import { detectionsSvg } from '../draw/detections-svg.ts'
import { EXIT } from '../error/codes.ts'
import { detectTimed } from '../node/detect.ts'
import { type LoadedModel, loadModel } from '../node/model.ts'
import { readImage } from '../node/read-image.ts'
import { drawOver, writePng } from '../node/write-image.ts'
import type { Invocation } from './command.ts'
import { createNamer, findPictures } from './find-pictures.ts'
import { report } from './report.ts'
import { engineOptions } from './shared-options.ts'
import { say, writeJsonLine, writeRow } from './terminal.ts'

/** Detects in every picture. A bad one among good ones is told and passed over; the exit code remembers it. */
export async function detectPictures({
  options,
  positionals,
  signal,
}: Invocation): Promise<number> {
  const paths = await findPictures(positionals)
  const model = await loadModel(options.model as string, engineOptions(options))
  const nameOf = createNamer('.png')
  let exitCode: number = EXIT.ok
  try {
    for (const path of paths) {
      signal.throwIfAborted()
      try {
        await detectIn(model, path, nameOf(path), options)
      } catch (error) {
        exitCode = report(error, options.json === true)
      }
    }
  } finally {
    await model.close()
  }
  if (options.save !== undefined) say(`Pictures with boxes: ${options.save}`)
  return exitCode
}

async function detectIn(
  model: LoadedModel,
  path: string,
  name: string,
  options: Invocation['options'],
): Promise<void> {
  const image = await readImage(path)
  const scoreThreshold = (options.score as number | undefined) ?? SHOWN_SCORE
  const { detections, engineMilliseconds } = await detectTimed(model, image, { scoreThreshold })
  const { width, height } = image
  if (options.json === true)
    writeJsonLine({ image: path, width, height, detections, engineMilliseconds })
  else for (const detection of detections) writeRow(path, ...describeDetection(detection))
  say(`${path}: ${countDetections(detections)} in ${engineMilliseconds.toFixed(1)} ms`)
  if (options.save === undefined) return
  const drawn = await drawOver(image, detectionsSvg(image, detections))
  await writePng(drawn, join(options.save as string, name))
}

/** Class, score, and left, top, right, bottom in pixels. */
export function describeDetection({ className, score, box }: Detection): string[] {
  const sides = [box.x1, box.y1, box.x2, box.y2].map((side) => side.toFixed(1))
  return [className, score.toFixed(3), ...sides]
}

/** "2 cat, 1 dog", "nothing". */
export function countDetections(detections: readonly Detection[]): string {
  const counts = new Map<string, number>()
  for (const { className } of detections) counts.set(className, (counts.get(className) ?? 0) + 1)
  return counts.size === 0
    ? 'nothing'
    : [...counts].map(([name, number]) => `${number} ${name}`).join(', ')
}
