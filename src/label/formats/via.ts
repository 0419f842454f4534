/**
 * @file VGG Image Annotator: JSON (a project, or its annotations alone) or CSV. Each picture has regions; the class stands
 * in one of a region's attributes, whose name everybody chooses.
 */
import {
  boxAroundOutline,
  boxFrom,
  classNameOf,
  eachObject,
  labelFault,
  numberOf,
  rounded,
} from '../label-fault.ts'
import type {
  FileTree,
  LabelEntry,
  LabelFormat,
  LabelIndex,
  LabelledObject,
  WrittenPicture,
} from '../labels.ts'
import {
  extensionOf,
  folderOf,
  nearTop,
  plainPath,
  splitsByFolder,
  withoutExtension,
} from '../paths.ts'
import { listOf, parseCsv, readCsv, readJson, recordOf } from '../text.ts'

type Json = Readonly<Record<string, unknown>>

/** A picture with its regions, whichever file it stood in. */
interface Marked {
  readonly name: string
  readonly regions: readonly { readonly shape: Json; readonly attributes: Json }[]
}

async function viaFiles(tree: FileTree): Promise<string[]> {
  const found: string[] = []
  for (const path of [...nearTop(tree.files, '.json'), ...nearTop(tree.files, '.csv')]) {
    const kind = extensionOf(path)
    const { head } = await tree.peek(path)
    const json =
      /"(_via_img_metadata|shape_attributes|region_attributes|file_attributes)"\s*:/.test(head)
    if (kind === '.json' ? json : parseCsv(head).columns.includes('region_shape_attributes'))
      found.push(path)
  }
  return found
}

/** VIA. */
export const viaFormat: LabelFormat = {
  name: 'via',
  title: 'VGG VIA JSON or CSV',
  holds: ['outline', 'attributes', 'empty pictures'],
  async recognise(tree) {
    const [path] = await viaFiles(tree)
    return path === undefined ? undefined : `${path} has regions of VIA`
  },
  async read(tree): Promise<LabelIndex> {
    const entries: LabelEntry[] = []
    for (const file of await viaFiles(tree)) {
      const marked =
        extensionOf(file) === '.csv' ? await readTable(tree, file) : await readProject(tree, file)
      entries.push(...marked.map((one) => entryOf(one, file, classAttribute(marked))))
    }
    return { entries, splits: splitsByFolder(entries) }
  },
  placeOf: ({ id, extension }) => `${id}${extension}`,
  *write({ pictures }) {
    const written = pictures.map((picture) => {
      const filename = viaFormat.placeOf(picture)
      return [
        `${filename}-1`,
        { filename, size: -1, regions: regionsOf(picture), file_attributes: {} },
      ]
    })
    yield ['via.json', `${JSON.stringify(Object.fromEntries(written), null, 1)}\n`]
  },
}

async function readProject(tree: FileTree, file: string): Promise<Marked[]> {
  const json = recordOf(await readJson(tree, file))
  const pictures = Object.values(recordOf(json._via_img_metadata ?? json)).map(recordOf)
  return pictures
    .filter(({ filename }) => typeof filename === 'string')
    .map(({ filename, regions }) => ({
      name: plainPath(filename as string),
      // A list, or (before version 2) a record by numbers.
      regions: (Array.isArray(regions) ? regions : Object.values(recordOf(regions)))
        .map(recordOf)
        .map((region) => ({
          shape: recordOf(region.shape_attributes),
          attributes: recordOf(region.region_attributes),
        })),
    }))
}

async function readTable(tree: FileTree, file: string): Promise<Marked[]> {
  const { rows } = await readCsv(tree, file)
  const pictures = new Map<string, { shape: Json; attributes: Json }[]>()
  for (const row of rows) {
    const name = plainPath(row.filename ?? row['#filename'] ?? '')
    const regions = pictures.get(name) ?? []
    pictures.set(name, regions)
    const shape = cell(row.region_shape_attributes)
    if (Object.keys(shape).length > 0)
      regions.push({ shape, attributes: cell(row.region_attributes) })
  }
  return [...pictures].map(([name, regions]) => ({ name, regions }))
}

function cell(text = '{}'): Json {
  try {
    return recordOf(JSON.parse(text))
  } catch {
    return {}
  }
}

/** Names that the attribute with the class usually has. */
const USUAL = ['class', 'label', 'name', 'type', 'category', 'object', 'class_name']

/** The attribute that holds the class: one of the usual names, else the only one that there is. */
function classAttribute(pictures: readonly Marked[]): string | undefined {
  const names = new Set(
    pictures.flatMap(({ regions }) => regions.flatMap(({ attributes }) => Object.keys(attributes))),
  )
  const usual = USUAL.find((wanted) => [...names].some((name) => name.toLowerCase() === wanted))
  if (usual !== undefined) return [...names].find((name) => name.toLowerCase() === usual)
  return names.size === 1 ? [...names][0] : undefined
}

function entryOf(
  { name, regions }: Marked,
  file: string,
  attribute: string | undefined,
): LabelEntry {
  const folder = folderOf(file)
  return {
    id: withoutExtension(folder === '' ? name : `${folder}/${name}`),
    file,
    load: async () => {
      const read = (region: Marked['regions'][number], number: number) =>
        readRegion(region, number, { file, name, attribute })
      return { picture: name, unit: 'pixels', ...eachObject(regions, read) }
    },
  }
}

function readRegion(
  { shape, attributes }: Marked['regions'][number],
  number: number,
  context: { readonly file: string; readonly name: string; readonly attribute: string | undefined },
): LabelledObject {
  const origin = { file: context.file, object: `${context.name}, region ${number}` }
  const { attribute } = context
  const given = attribute === undefined ? undefined : attributes[attribute]
  // A checkbox is a record of what was ticked.
  const [ticked] = Object.entries(recordOf(given)).filter(([, on]) => on === true || on === 'true')
  const className = classNameOf(ticked?.[0] ?? given, origin)
  const more = Object.entries(attributes).filter(
    (entry): entry is [string, string] => entry[0] !== attribute && typeof entry[1] === 'string',
  )
  const value = (name: string) => numberOf(shape[name], name, origin)
  const object = {
    number,
    className,
    ...(more.length > 0 && { attributes: Object.fromEntries(more) }),
  }
  switch (shape.name) {
    case 'rect':
      return { ...object, box: boxFrom(value('x'), value('y'), value('width'), value('height')) }
    case 'circle':
    case 'ellipse': {
      const rx = value(shape.name === 'circle' ? 'r' : 'rx')
      const ry = value(shape.name === 'circle' ? 'r' : 'ry')
      return { ...object, box: boxFrom(value('cx') - rx, value('cy') - ry, 2 * rx, 2 * ry) }
    }
    case 'polygon': {
      const ys = listOf(shape.all_points_y)
      const outline = listOf(shape.all_points_x).flatMap((x, i) =>
        [x, ys[i]].map((point) => numberOf(point, 'each point', origin)),
      )
      return { ...object, box: boxAroundOutline(outline, origin), outline }
    }
    default:
      throw labelFault({ rule: 'expected a shape with an area', got: shape.name, ...origin })
  }
}

function regionsOf({ objects }: WrittenPicture) {
  return objects.map(({ className, box, outline, attributes }) => ({
    shape_attributes:
      outline === undefined
        ? {
            name: 'rect',
            x: rounded(box.x1),
            y: rounded(box.y1),
            width: rounded(box.x2 - box.x1),
            height: rounded(box.y2 - box.y1),
          }
        : {
            name: 'polygon',
            all_points_x: outline.filter((_, i) => i % 2 === 0).map(rounded),
            all_points_y: outline.filter((_, i) => i % 2 === 1).map(rounded),
          },
    region_attributes: {
      class: className,
      ...Object.fromEntries(
        Object.entries(attributes ?? {}).map(([key, value]) => [key, String(value)]),
      ),
    },
  }))
}
