/** @file What is odd about boxes and classes. What is wrong with single boxes is found when they are read. */
import type { Box, Size } from '../box/box.ts'
import { boxIou } from '../box/iou.ts'
import { scaleBox } from '../box/scale.ts'
import type { Example } from '../dataset/dataset.ts'
import { lookalikesAmong } from '../dataset/lookalikes.ts'
import { countOf } from '../error/count-of.ts'
import type { DataFinding } from './data-finding.ts'

/** What labels are looked at with. */
export interface LabelContext {
  readonly classes: readonly string[]
  /** The network's input, pixels. */
  readonly input: Size
  /** By example id; empty where the data names no splits. */
  readonly splitOf: ReadonlyMap<string, string>
  /** The number that an object has in its file, from 1: some before it may have been left out. */
  readonly numberOf: (exampleId: string, object: number) => number
}

/** Boxes of one class that overlap so far are hardly two objects. */
const ALIKE_IOU = 0.9

/** Pixels of the input: with its shorter side below this an object is a dot. */
const TINY_SIDE = 2

/** Deviations from the mean of its class from which a box is unusual. */
const UNUSUAL_SIGMA = 5

/** A class with fewer boxes has no usual size. */
const FEWEST_FOR_USUAL = 30

/** Objects of a class below which it is rare. */
const RARE = 10

/** Everything odd about the labels of examples. */
export function findInLabels(examples: readonly Example[], context: LabelContext): DataFinding[] {
  return [
    ...examples.flatMap((example) => findInBoxes(example, context)),
    ...findUnusual(examples, context),
    ...findInClasses(examples, context),
  ]
}

function findInBoxes(
  { id, imagePath, size, objects }: Example,
  { classes, input, numberOf }: LabelContext,
): DataFinding[] {
  const nameOf = (i: number) => `object ${numberOf(id, i)} ${classes[objects[i]!.classId]}`
  const tiny = objects.flatMap(({ box }, i): DataFinding[] => {
    const { x1, y1, x2, y2 } = scaleBox(box, size, input)
    const side = Math.min(x2 - x1, y2 - y1)
    if (side >= TINY_SIDE) return []
    const found = `${side.toFixed(1)} pixels at ${input.width}x${input.height}`
    return [{ code: 'box-tiny', file: imagePath, object: nameOf(i), found }]
  })
  const alike = objects.flatMap(({ box, classId }, i): DataFinding[] => {
    const k = objects.findIndex(
      (other, at) => at < i && other.classId === classId && boxIou(other.box, box) >= ALIKE_IOU,
    )
    if (k < 0) return []
    const found = `IoU ${boxIou(objects[k]!.box, box).toFixed(2)} with object ${numberOf(id, k)}`
    return [{ code: 'box-alike', file: imagePath, object: nameOf(i), found }]
  })
  return objects.length === 0
    ? [{ code: 'labels-empty', file: imagePath, found: 'no object' }]
    : [...tiny, ...alike]
}

/** Boxes whose size or shape lies far from that of their class: by the logarithms of both. */
function findUnusual(
  examples: readonly Example[],
  { classes, numberOf }: LabelContext,
): DataFinding[] {
  const all = examples.flatMap(({ id, imagePath, size, objects }) =>
    objects.map(({ box, classId }, i) => {
      return { imagePath, number: numberOf(id, i), classId, ...measures(box, size) }
    }),
  )
  return classes.flatMap((name, classId) => {
    const own = all.filter((one) => one.classId === classId)
    if (own.length < FEWEST_FOR_USUAL) return []
    return (['size', 'shape'] as const).flatMap((measure) => {
      const values = own.map((one) => one[measure])
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
      const sigma = Math.sqrt(variance)
      return own.flatMap((one): DataFinding[] => {
        const away = Math.abs(one[measure] - mean) / sigma
        if (!(away >= UNUSUAL_SIGMA)) return []
        const found = `its ${measure} is ${away.toFixed(1)} deviations from that of its class`
        return [
          {
            code: 'box-unusual',
            file: one.imagePath,
            object: `object ${one.number} ${name}`,
            found,
          },
        ]
      })
    })
  })
}

/** Side of the square of the same area, as a share of the picture's; and width by height; of both the logarithm. */
function measures({ x1, y1, x2, y2 }: Box, { width, height }: Size) {
  const [w, h] = [x2 - x1, y2 - y1]
  return { size: Math.log((w * h) / (width * height)) / 2, shape: Math.log(w / h) }
}

function findInClasses(
  examples: readonly Example[],
  { classes, splitOf }: LabelContext,
): DataFinding[] {
  const counts = classes.map(() => 0)
  const splits = classes.map(() => new Set<string>())
  for (const { id, objects } of examples)
    for (const { classId } of objects) {
      counts[classId]! += 1
      const split = splitOf.get(id)
      if (split !== undefined) splits[classId]!.add(split)
    }
  const all = new Set(splitOf.values())
  return [
    ...lookalikesAmong(classes).map((names): DataFinding => {
      return { code: 'class-alike', found: names.map((name) => JSON.stringify(name)).join(', ') }
    }),
    ...classes.flatMap((name, i): DataFinding[] => {
      const count = counts[i]!
      if (count === 0) return [{ code: 'class-unused', found: name }]
      const rare: DataFinding = {
        code: 'class-rare',
        found: `${name}: ${countOf(count, 'object')}`,
      }
      const only: DataFinding = {
        code: 'class-split',
        found: `${name}: only in ${[...splits[i]!].join()}`,
      }
      return [
        ...(count < RARE ? [rare] : []),
        ...(all.size > 1 && splits[i]!.size === 1 && count >= RARE ? [only] : []),
      ]
    }),
  ]
}
