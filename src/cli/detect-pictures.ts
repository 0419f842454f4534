/** @file What `singleshot detect` does: reads each picture, detects, tells, and draws on request. */
import type { Detection } from '../detect/detection.ts'
import { detectionsSvg } from '../draw/detections-svg.ts'
import { countOf } from '../error/count-of.ts'
import { EXIT } from '../error/exit-codes.ts'
import { detectEach, type Outcome } from '../node/detect-each.ts'
import { loadModel } from '../node/model.ts'
import { findPictures } from '../node/picture/find-pictures.ts'
import { canDrawText, drawOver, writePng } from '../node/picture/write-image.ts'
import type { Invocation } from './command.ts'
import type { DetectCommandOptions } from './detect-options.ts'
import { readRules } from './read-rules.ts'
import { report } from './report.ts'
import { planSaving } from './save-pictures.ts'
import { engineOptions } from './shared-options.ts'
import { say, writeJsonLine, writeRow } from './terminal.ts'

/** How a command went so far. */
interface Course {
  /** Pictures that could not be read. */
  readonly unread: string[]
  saved: number
  exitCode: number
}

/**
 * Detects in every picture. One that cannot be read is told, passed over, and named again at the end; the exit code
 * remembers the last one. With --strict, and for any other error, the first one ends the command.
 */
export async function detectPictures(
  invocation: Invocation<DetectCommandOptions>,
): Promise<number> {
  const { options, positionals, signal } = invocation
  const recursive = options.recursive
  const paths = await findPictures(positionals, { recursive, onMessage: say })
  const folder = options.save
  const files = folder === undefined ? [] : await planSaving(folder, paths)
  if (folder !== undefined && !(await canDrawText())) say(NO_FONT)
  const loading = { ...engineOptions(options), rules: await readRules(options), signal }
  const model = await loadModel(options.model, loading)
  const course: Course = { unread: [], saved: 0, exitCode: EXIT.ok }
  const thresholds = { scoreThreshold: options.score }
  try {
    for await (const outcome of detectEach(model, paths, { thresholds, signal }))
      if (outcome.problem === undefined)
        await tell(outcome, { file: files[outcome.index], json: options.json, course })
      else passOver(outcome, options, course)
  } finally {
    await model.close()
    if (course.unread.length > 0) say(unreadText(course.unread, paths.length))
    if (course.saved > 0) say(`${countOf(course.saved, 'picture')} with boxes: ${folder}`)
  }
  return course.exitCode
}

const NO_FONT =
  'No font was found, so labels will be empty squares; docs/pictures.md says which package to install.'

/** @throws the problem with --strict */
function passOver(
  { picture, problem }: Extract<Outcome<string>, { readonly problem: object }>,
  options: Invocation<DetectCommandOptions>['options'],
  course: Course,
): void {
  if (options.strict) throw problem
  course.exitCode = report(problem, options.json)
  course.unread.push(picture)
}

/** Where and how a result is told. */
interface ResultTelling {
  /** The file to draw the picture into. */
  readonly file: string | undefined
  readonly json: boolean
  readonly course: Course
}

async function tell(
  {
    picture: path,
    image,
    detections,
    engineMilliseconds,
  }: Extract<Outcome<string>, { readonly image: object }>,
  { file, json, course }: ResultTelling,
): Promise<void> {
  const { width, height } = image
  if (file !== undefined)
    await writePng(await drawOver(image, detectionsSvg(image, detections)), file)
  const saved = file === undefined ? {} : { saved: file }
  if (json) writeJsonLine({ image: path, width, height, detections, engineMilliseconds, ...saved })
  else for (const detection of detections) writeRow(path, ...describeDetection(detection))
  const place = file === undefined ? '' : `, drawn in ${file}`
  say(`${path}: ${countDetections(detections)} in ${engineMilliseconds.toFixed(1)} ms${place}`)
  if (file !== undefined) course.saved += 1
}

/** Names that the last sentence lists; each one was named before, with what is wrong with it. */
const MOST_NAMES = 5

/** `3 of 600 pictures could not be read: a.jpg, b.jpg, c.jpg`. */
export function unreadText(unread: readonly string[], total: number): string {
  const more = unread.length > MOST_NAMES ? `, and ${unread.length - MOST_NAMES} more` : ''
  return `${unread.length} of ${countOf(total, 'picture')} could not be read: ${unread.slice(0, MOST_NAMES).join(', ')}${more}`
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
