/** @file LabelMe's JSON: a file per picture, with a list of shapes whose corners are in pixels. */
import {
  boxAround,
  classNameOf,
  eachObject,
  labelFault,
  numberOf,
  rounded,
} from '../label-fault.ts'
import type {
  FileTree,
  LabelFormat,
  LabelIndex,
  LabelledObject,
  WrittenPicture,
} from '../labels.ts'
import { baseOf, extensionOf, plainPath, splitsByFolder, withoutExtension } from '../paths.ts'
import { sizeOf } from '../size.ts'
import { listOf, readJson, recordOf } from '../text.ts'

const isJson = (path: string) => extensionOf(path) === '.json'

async function isLabelMe(tree: FileTree, path: string): Promise<boolean> {
  const { head, tail } = await tree.peek(path)
  const text = head + tail
  return /"shapes"\s*:/.test(text) && /"(imagePath|imageData|imageHeight)"\s*:/.test(text)
}

/** Files that are looked at: in a folder of one format, the first are as good as any. */
const LOOKED_AT = 3

/** LabelMe. */
export const labelMeFormat: LabelFormat = {
  name: 'labelme',
  title: 'LabelMe JSON',
  holds: ['outline', 'empty pictures', 'splits'],
  async recognise(tree) {
    for (const path of tree.files.filter(isJson).slice(0, LOOKED_AT))
      if (await isLabelMe(tree, path)) return `${path} has shapes and an imagePath`
    return undefined
  },
  async read(tree): Promise<LabelIndex> {
    const entries = tree.files.filter(isJson).map((file) => ({
      id: withoutExtension(file),
      file,
      load: async () => {
        const json = recordOf(await readJson(tree, file))
        if (!Array.isArray(json.shapes))
          throw labelFault({ rule: 'expected a list of shapes', got: json.shapes, file })
        const named = typeof json.imagePath === 'string' ? plainPath(json.imagePath) : undefined
        const picture = named ?? `${baseOf(withoutExtension(file))}.jpg`
        const size = sizeOf(json.imageWidth, json.imageHeight)
        const { objects, faults } = eachObject(json.shapes, (shape, number) =>
          readShape(recordOf(shape), number, file),
        )
        return { picture, size, unit: 'pixels' as const, objects, faults }
      },
    }))
    return { entries, splits: splitsByFolder(entries) }
  },
  placeOf: ({ id, extension, split }) =>
    `${split === undefined ? '' : `${split}/`}${id}${extension}`,
  *write({ pictures }) {
    for (const picture of pictures)
      yield [
        `${withoutExtension(labelMeFormat.placeOf(picture))}.json`,
        `${JSON.stringify(writePicture(picture), null, 2)}\n`,
      ]
  },
}

function readShape(
  shape: Readonly<Record<string, unknown>>,
  number: number,
  file: string,
): LabelledObject {
  const origin = { file, object: `shape ${number}` }
  const className = classNameOf(shape.label, origin)
  const points = listOf(shape.points)
    .flatMap(listOf)
    .map((point) => numberOf(point, 'each point', origin))
  const kind = shape.shape_type ?? 'polygon'
  if (kind === 'circle' && points.length === 4) {
    const [x, y, atX, atY] = points as [number, number, number, number]
    const radius = Math.hypot(atX - x, atY - y)
    return {
      number,
      className,
      box: { x1: x - radius, y1: y - radius, x2: x + radius, y2: y + radius },
    }
  }
  if (!['rectangle', 'polygon', 'rotation', 'mask'].includes(String(kind)) || points.length < 4)
    throw labelFault({ rule: 'expected a shape with an area', got: kind, ...origin })
  const box = boxAround(points)
  return points.length >= 6
    ? { number, className, box, outline: points }
    : { number, className, box }
}

function writePicture({ id, extension, size, objects }: WrittenPicture) {
  const pairs = (values: readonly number[]) =>
    values.flatMap((x, i) => (i % 2 === 1 ? [] : [[rounded(x), rounded(values[i + 1]!)]]))
  return {
    version: '5.0.0',
    flags: {},
    shapes: objects.map(({ className, box, outline }) => ({
      label: className,
      points: pairs(outline ?? [box.x1, box.y1, box.x2, box.y2]),
      group_id: null,
      shape_type: outline === undefined ? 'rectangle' : 'polygon',
      flags: {},
    })),
    imagePath: `${baseOf(id)}${extension}`,
    imageData: null,
    imageHeight: size.height,
    imageWidth: size.width,
  }
}
