/** @file What holds of every format: what it writes it reads, it knows its own, and holds what it says that it holds. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryTree } from '../../test/support/memory-tree.ts'
import { FORMATS, formatOf, recogniseFormats } from './formats.ts'
import type { LabelFormat, LabelledObject, LabelSet, WrittenPicture } from './labels.ts'
import { lostBy } from './lost.ts'
import { baseOf, withoutExtension } from './paths.ts'

const CLASSES = ['cat', 'dog & co', 'Vögel']

/** A box with sides of at least a pixel, in whole quarters of pixels, inside a picture. */
function boxes(width: number, height: number) {
  const edge = (side: number) => fc.integer({ min: 0, max: 4 * side - 4 }).map((n) => n / 4)
  return fc
    .tuple(
      edge(width),
      edge(height),
      fc.integer({ min: 4, max: 400 }),
      fc.integer({ min: 4, max: 400 }),
    )
    .map(([x1, y1, w, h]) => ({
      x1,
      y1,
      x2: Math.min(width, x1 + w / 4),
      y2: Math.min(height, y1 + h / 4),
    }))
}

const objects = (width: number, height: number): fc.Arbitrary<LabelledObject[]> =>
  fc
    .array(
      fc.record({
        className: fc.constantFrom(...CLASSES),
        box: boxes(width, height),
        difficult: fc.boolean(),
        crowd: fc.boolean(),
      }),
      { maxLength: 4 },
    )
    .map((list) => list.map((object, i) => ({ ...object, number: i + 1 })))

/** Pictures that are not square. */
const pictures: fc.Arbitrary<WrittenPicture[]> = fc.uniqueArray(
  fc
    .tuple(
      fc.integer({ min: 20, max: 200 }),
      fc.integer({ min: 20, max: 200 }),
      fc.integer({ min: 0, max: 99 }),
    )
    .chain(([width, height, name]) =>
      objects(width, height).map((list) => ({
        id: `picture ${name}`,
        extension: '.jpg',
        size: { width, height: height === width ? height + 1 : height },
        split: name % 2 === 0 ? 'train' : 'val',
        objects: list,
      })),
    ),
  { selector: ({ id }) => id, minLength: 1, maxLength: 4 },
)

function treeOf(format: LabelFormat, set: LabelSet) {
  const written = Object.fromEntries(format.write(set))
  const places = set.pictures.map((picture) => [format.placeOf(picture), ''] as const)
  return memoryTree({ ...Object.fromEntries(places), ...written })
}

/** What was read, in pixels, by the picture's name. */
async function readBack(format: LabelFormat, set: LabelSet) {
  const tree = treeOf(format, set)
  const index = await format.read(tree)
  const sizes = new Map(
    set.pictures.map((picture) => [baseOf(format.placeOf(picture)), picture.size]),
  )
  const entries = await Promise.all(
    index.entries.map(async ({ load }) => {
      const { picture, unit, objects: list, faults } = await load()
      const name = baseOf(picture)
      const key = [...sizes.keys()].find(
        (one) => one === name || withoutExtension(one) === withoutExtension(name),
      )!
      const { width, height } = sizes.get(key)!
      const scale = unit === 'pixels' ? { x: 1, y: 1 } : { x: width, y: height }
      expect(faults).toEqual([])
      const found = list.map(({ className, box }) => ({
        className,
        box: [box.x1 * scale.x, box.y1 * scale.y, box.x2 * scale.x, box.y2 * scale.y],
      }))
      return [key, found] as const
    }),
  )
  return { index, found: new Map(entries) }
}

/** KITTI has no room for a space in a name. */
const nameIn = (format: LabelFormat, name: string) =>
  format.name === 'kitti' ? name.replaceAll(' ', '_') : name

describe.each(FORMATS.map((format) => [format.name, format] as const))('%s', (_, format) => {
  it('reads what it writes: the same classes and boxes, to a hundredth of a pixel', async () => {
    await fc.assert(
      fc.asyncProperty(pictures, async (list) => {
        const { found } = await readBack(format, { classes: CLASSES, pictures: list })
        for (const picture of list) {
          const marks = found.get(baseOf(format.placeOf(picture)))
          if (marks === undefined) {
            // Tables have no line for a picture in which there is nothing.
            expect(picture.objects).toEqual([])
            expect(format.holds).not.toContain('empty pictures')
            continue
          }
          expect(marks.map(({ className }) => className)).toEqual(
            picture.objects.map(({ className }) => nameIn(format, className)),
          )
          marks.forEach(({ box }, i) => {
            const { x1, y1, x2, y2 } = picture.objects[i]!.box
            for (const [k, side] of [x1, y1, x2, y2].entries()) expect(box[k]).toBeCloseTo(side, 2)
          })
        }
      }),
      { numRuns: 40 },
    )
  })

  it('keeps what it says that it holds', async () => {
    const outline = [10, 10, 60, 12, 40, 30]
    const object = {
      ...{ number: 1, className: 'cat', box: { x1: 10, y1: 10, x2: 60, y2: 30 } },
      ...{ difficult: true, crowd: true, outline, attributes: { pose: 'left' } },
    }
    const plain = { id: 'a', extension: '.png', size: { width: 90, height: 40 } }
    const set: LabelSet = {
      classes: CLASSES,
      pictures: [
        { ...plain, split: 'train', objects: [object] },
        { ...plain, id: 'b', split: 'val', objects: [] },
      ],
    }
    const { index, found } = await readBack(format, set)
    const entry = index.entries.find(({ id }) => baseOf(id) === 'a')!
    const [read] = (await entry.load()).objects
    const lost = Object.keys(lostBy(format, set))
    const held = {
      difficult: read?.difficult === true,
      crowd: read?.crowd === true,
      outline: read?.outline?.length === 6,
      attributes: read?.attributes?.pose === 'left',
      'empty pictures': found.size === 2,
      'unused classes': index.classes?.length === 3,
      splits: index.splits?.has('val') === true || index.splits?.has('train') === true,
    }
    for (const [trait, kept] of Object.entries(held))
      expect([trait, kept], format.name).toEqual([trait, !lost.includes(trait)])
  })

  it('is recognised by what it writes, and no other format is', async () => {
    const box = { x1: 1, y1: 2, x2: 30, y2: 20 }
    const object = { number: 1, className: 'cat', box }
    const picture = {
      id: 'a',
      extension: '.png',
      size: { width: 90, height: 40 },
      split: undefined,
    }
    const tree = treeOf(format, { classes: ['cat'], pictures: [{ ...picture, objects: [object] }] })
    expect((await recogniseFormats(tree)).map((found) => found.format.name)).toEqual([format.name])
  })
})

describe('formatOf', () => {
  it('knows every name, and suggests one for a slip', () => {
    expect(FORMATS.map(({ name }) => formatOf(name))).toEqual(FORMATS)
    expect(() => formatOf('cocos')).toThrow(/did you mean coco\?/)
  })
})
