/** @file What `singleshot why` is asked about, checked against the picture and its ground truth. */
import type { Box, Size } from '../box/box.ts'
import { checkBox } from '../box/validate.ts'
import { didYouMean } from '../error/suggest.ts'
import type { WhyTarget } from '../explain/sought.ts'
import { usageError } from './command.ts'
import type { Values } from './option.ts'
import type { WhyCommandOptions } from './why-options.ts'

const WHY = { name: 'why' }

/** What can be asked about. */
export interface Askable {
  readonly picture: Size
  readonly classes: readonly string[]
  /** Objects of the ground truth; undefined without one. */
  readonly objectCount: number | undefined
}

/**
 * The target of --object or --box; undefined without either.
 * @throws SingleshotError E_USAGE saying what may be asked for
 */
export function readTarget(
  options: Partial<Pick<Values<WhyCommandOptions>, 'object' | 'box' | 'class'>>,
  askable: Askable,
): WhyTarget | undefined {
  if (options.object !== undefined) return readObject(options.object, askable)
  if (options.box === undefined) return undefined
  const box = readBox(options.box, askable.picture)
  if (options.class === undefined) return { box }
  return { box, classId: readClass(options.class, askable.classes) }
}

function readObject(number: number, { objectCount }: Askable): WhyTarget {
  if (objectCount === undefined) {
    const rule =
      'expected ground truth for --object: NAME.xml beside the picture or in ../Annotations, or --truth FILE.xml; without it ask with --box'
    throw usageError(WHY, rule)
  }
  if (objectCount === 0)
    throw usageError(WHY, 'the ground truth lists no object; ask with --box instead of --object')
  if (number > objectCount)
    throw usageError(WHY, `expected --object to be from 1 to ${objectCount}`, number)
  return { object: number - 1 }
}

/** @throws SingleshotError E_USAGE when it is no box, or not one of this picture */
function readBox(text: string, picture: Size): Box {
  const sides = text.split(',').map((side) => (side.trim() === '' ? Number.NaN : Number(side)))
  const [x1, y1, x2, y2] = sides
  const rule = 'expected --box to be four numbers, left,top,right,bottom, in pixels of the picture'
  if (sides.length !== 4 || !sides.every(Number.isFinite)) throw usageError(WHY, rule, text)
  const box = { x1: x1!, y1: y1!, x2: x2!, y2: y2! }
  const fault = checkBox(box, picture, { where: 'why' })
  if (fault === null) return box
  const { width, height } = picture
  const inside = `expected --box inside the picture, which is ${width} x ${height} pixels`
  throw usageError(
    WHY,
    fault.code === 'E_BOX_OUTSIDE' ? inside : `--box: ${fault.parts.rule}`,
    text,
  )
}

function readClass(name: string, classes: readonly string[]): number {
  const classId = classes.indexOf(name)
  if (classId >= 0) return classId
  const rule = `expected --class to be one of ${classes.join(', ')}`
  throw usageError(WHY, rule, `${name}${didYouMean(name, classes)}`)
}
