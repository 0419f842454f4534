/** @file FiftyOne's dataset JSON: a list of samples; boxes are [left, top, width, height] as shares of the sides. */
import { boxFrom, classNameOf, eachObject, labelFault, numberOf } from '../label-fault.ts'
import type {
  FileTree,
  LabelEntry,
  LabelFormat,
  LabelIndex,
  LabelledObject,
  WrittenPicture,
} from '../labels.ts'
import { baseOf, folderOf, nearTop, plainPath, withoutExtension } from '../paths.ts'
import { sizeOf } from '../size.ts'
import { listOf, readJson, recordOf } from '../text.ts'

type Json = Readonly<Record<string, unknown>>

const SPLITS = ['train', 'val', 'validation', 'test']

async function files(tree: FileTree): Promise<string[]> {
  const found: string[] = []
  for (const path of nearTop(tree.files, '.json')) {
    const { head } = await tree.peek(path)
    if (/"samples"\s*:\s*\[/.test(head) && /"filepath"\s*:/.test(head)) found.push(path)
  }
  return found
}

/** FiftyOne. */
export const fiftyOneFormat: LabelFormat = {
  name: 'fiftyone',
  title: 'FiftyOne dataset JSON',
  holds: ['difficult', 'crowd', 'attributes', 'empty pictures', 'splits'],
  async recognise(tree) {
    const [path] = await files(tree)
    return path === undefined ? undefined : `${path} lists samples of FiftyOne`
  },
  async read(tree): Promise<LabelIndex> {
    const entries: LabelEntry[] = []
    const splits = new Map<string, string[]>()
    for (const file of await files(tree)) {
      const { samples } = recordOf(await readJson(tree, file))
      for (const [i, sample] of listOf(samples).map(recordOf).entries()) {
        const entry = readSample(sample, i, file)
        entries.push(entry)
        const split = listOf(sample.tags).find((tag) => SPLITS.includes(String(tag)))
        if (typeof split !== 'string') continue
        const name = split.replace('validation', 'val')
        splits.set(name, [...(splits.get(name) ?? []), entry.id])
      }
    }
    return { entries, ...(splits.size > 0 && { splits }) }
  },
  placeOf: ({ id, extension }) => `data/${id}${extension}`,
  *write({ pictures }) {
    yield ['metadata.json', `${JSON.stringify({ name: 'dataset', media_type: 'image' })}\n`]
    yield ['samples.json', `${JSON.stringify({ samples: pictures.map(writeSample) })}\n`]
  },
}

function readSample(sample: Json, i: number, file: string): LabelEntry {
  const name = typeof sample.filepath === 'string' ? plainPath(sample.filepath) : undefined
  const folder = folderOf(file)
  const path = name ?? `sample ${i + 1}`
  return {
    id: withoutExtension(folder === '' ? path : `${folder}/${path}`),
    file,
    load: async () => {
      if (name === undefined)
        throw labelFault({ rule: 'expected a filepath', file, object: `sample ${i + 1}` })
      const { width, height } = recordOf(sample.metadata)
      const { objects, faults } = eachObject(detectionsOf(sample), (mark, number) =>
        readDetection(recordOf(mark), number, {
          file,
          object: `${baseOf(name)}, object ${number}`,
        }),
      )
      return { picture: name, size: sizeOf(width, height), unit: 'shares', objects, faults }
    },
  }
}

/** The ground truth, else the first field that holds detections. */
function detectionsOf(sample: Json): readonly unknown[] {
  const fields = [sample.ground_truth, ...Object.values(sample)].map(recordOf)
  return listOf(fields.find(({ detections }) => Array.isArray(detections))?.detections)
}

function readDetection(
  mark: Json,
  number: number,
  origin: { file: string; object: string },
): LabelledObject {
  const sides = listOf(mark.bounding_box)
  if (sides.length !== 4)
    throw labelFault({
      rule: 'expected a bounding_box of four numbers',
      got: mark.bounding_box,
      ...origin,
    })
  const [x, y, width, height] = sides.map((side) => numberOf(side, 'each side', origin))
  const attributes = Object.entries(recordOf(mark.attributes)).flatMap(([key, value]) => {
    const inner = typeof value === 'object' ? recordOf(value).value : value
    return typeof inner === 'string' || typeof inner === 'number' || typeof inner === 'boolean'
      ? [[key, inner] as const]
      : []
  })
  return {
    number,
    className: classNameOf(mark.label, origin),
    box: boxFrom(x!, y!, width!, height!),
    ...(truth(mark.iscrowd) && { crowd: true }),
    ...(truth(mark.difficult) && { difficult: true }),
    ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }),
  }
}

const truth = (value: unknown) => value === true || value === 1

function writeSample(picture: WrittenPicture) {
  const { width, height } = picture.size
  const share = (value: number) => Number(value.toFixed(9))
  return {
    filepath: fiftyOneFormat.placeOf(picture),
    tags: picture.split === undefined ? [] : [picture.split],
    metadata: { _cls: 'ImageMetadata', width, height },
    ground_truth: {
      _cls: 'Detections',
      detections: picture.objects.map(({ className, box, crowd, difficult, attributes }) => ({
        _cls: 'Detection',
        label: className,
        bounding_box: [
          share(box.x1 / width),
          share(box.y1 / height),
          share((box.x2 - box.x1) / width),
          share((box.y2 - box.y1) / height),
        ],
        ...(crowd === true && { iscrowd: 1 }),
        ...(difficult === true && { difficult: true }),
        attributes: Object.fromEntries(
          Object.entries(attributes ?? {}).map(([key, value]) => [
            key,
            { _cls: 'Attribute', value },
          ]),
        ),
      })),
    },
  }
}
