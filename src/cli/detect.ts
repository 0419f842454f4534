/** @file `singleshot detect`. */
import { readdir, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import type { Detection } from '../detect/detection.ts'
import { detectionsSvg } from '../draw/detections-svg.ts'
import { EXIT } from '../error/codes.ts'
import { detectTimed, SHOWN_SCORE } from '../node/detect.ts'
import { type LoadedModel, loadModel } from '../node/model.ts'
import { readImage } from '../node/read-image.ts'
import { drawOver, writePng } from '../node/write-image.ts'
import { type Command, type Invocation, usageError } from './command.ts'
import { ENGINE_OPTIONS, engineOptions } from './engine-options.ts'
import { say, writeData, writeJsonLine } from './terminal.ts'

/** File names that a folder is searched for. */
const PICTURE = /\.(jpe?g|png|webp|tiff?|gif|avif)$/i

/** Finds objects in pictures. */
export const detectCommand: Command = {
  name: 'detect',
  summary:
    'Finds objects in pictures: one line an object on stdout, and pictures with boxes on request.',
  usage: '--model RUN_OR_FILE IMAGE... [--score 0.5] [--save DIR]',
  example: 'singleshot detect --model runs/cells photo.jpg --save found',
  positionals: true,
  options: {
    model: { type: 'text', value: 'MODEL', required: true, text: 'run folder or model file' },
    score: {
      type: 'number',
      value: 'X',
      least: 0,
      most: 1,
      standard: String(SHOWN_SCORE),
      text: 'least score to show',
    },
    save: { type: 'text', value: 'DIR', text: 'write the pictures with boxes into this folder' },
    ...ENGINE_OPTIONS,
  },
  run: runDetect,
}

async function runDetect({ options, positionals, signal }: Invocation): Promise<number> {
  if (positionals.length === 0)
    throw usageError(detectCommand, 'expected at least one picture or folder of pictures')
  const model = await loadModel(options.model as string, engineOptions(options))
  // A bad picture among good ones is told and passed over; the exit code remembers it.
  let exitCode: number = EXIT.ok
  const { report } = await import('./main.ts')
  try {
    for (const path of await findPictures(positionals)) {
      if (signal.aborted) return EXIT.interrupted
      try {
        await detectIn(model, path, options)
      } catch (error) {
        exitCode = report(error, options.json === true)
      }
    }
  } finally {
    await model.close()
  }
  return exitCode
}

async function detectIn(model: LoadedModel, path: string, options: Invocation['options']) {
  const image = await readImage(path)
  const scoreThreshold = (options.score as number | undefined) ?? SHOWN_SCORE
  const { detections, engineMilliseconds } = await detectTimed(model, image, { scoreThreshold })
  const { width, height } = image
  if (options.json === true)
    writeJsonLine({ image: path, width, height, detections, engineMilliseconds })
  else for (const detection of detections) writeData(`${path}\t${describe(detection)}`)
  say(`${path}: ${count(detections)} in ${engineMilliseconds.toFixed(1)} ms`)
  if (options.save === undefined) return
  const name = `${basename(path, extname(path))}.png`
  await writePng(
    await drawOver(image, detectionsSvg(image, detections)),
    join(options.save as string, name),
  )
}

/** class, score, and left, top, right, bottom in pixels, separated by tabs. */
function describe({ className, score, box }: Detection): string {
  const sides = [box.x1, box.y1, box.x2, box.y2].map((side) => side.toFixed(1))
  return [className, score.toFixed(3), ...sides].join('\t')
}

/** "2 cats, 1 dog", "nothing". */
function count(detections: readonly Detection[]): string {
  const counts = new Map<string, number>()
  for (const { className } of detections) counts.set(className, (counts.get(className) ?? 0) + 1)
  return counts.size === 0
    ? 'nothing'
    : [...counts].map(([name, number]) => `${number} ${name}`).join(', ')
}

/** The paths, folders replaced by the pictures in them. */
async function findPictures(paths: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const path of paths) {
    const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false
    const inside = isFolder
      ? (await readdir(path)).filter((name) => PICTURE.test(name)).sort()
      : null
    found.push(...(inside === null ? [path] : inside.map((name) => join(path, name))))
  }
  return found
}
