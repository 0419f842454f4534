/** @file CVAT's XML 1.1 for images: one file; each <image> holds its <box>, <polygon> and other elements. */
import { ATTRIBUTE, createXmlReader, elementText, isElement } from '../../dataset/xml-element.ts'
import { decodeXml } from '../../dataset/xml-text.ts'
import {
  boxAroundOutline,
  classNameOf,
  eachObject,
  type LabelOrigin,
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
import { folderOf, nearTop, plainPath, withoutExtension } from '../paths.ts'
import { aroundTurned } from '../rotation.ts'
import { sizeOf } from '../size.ts'
import { escapeXml } from '../xml-text.ts'

const SHAPES = ['box', 'polygon', 'polyline', 'points', 'ellipse', 'mask', 'cuboid'] as const

const readXml = createXmlReader(['image', 'label', 'attribute', ...SHAPES], { attributes: true })

async function cvatFiles(tree: FileTree): Promise<string[]> {
  const found: string[] = []
  for (const path of nearTop(tree.files, '.xml'))
    if (/<annotations[\s>]/.test((await tree.peek(path)).head)) found.push(path)
  return found
}

/** CVAT. */
export const cvatFormat: LabelFormat = {
  name: 'cvat',
  title: 'CVAT XML 1.1',
  holds: ['outline', 'attributes', 'empty pictures', 'unused classes', 'splits'],
  async recognise(tree) {
    const [path] = await cvatFiles(tree)
    return path === undefined ? undefined : `${path} is <annotations> of CVAT`
  },
  async read(tree): Promise<LabelIndex> {
    const classes: string[] = []
    const entries: LabelEntry[] = []
    const splits = new Map<string, string[]>()
    for (const file of await cvatFiles(tree)) {
      const { annotations } = readXml(decodeXml(await tree.read(file), file), file)
      const root = isElement(annotations) ? annotations : {}
      classes.push(...labelsOf(root, file))
      for (const image of listOf(root.image)) {
        const entry = readImage(isElement(image) ? image : {}, file)
        entries.push(entry)
        const subset = attribute(image, 'subset', { file })?.toLowerCase()
        if (subset !== undefined && subset !== 'default')
          splits.set(subset, [...(splits.get(subset) ?? []), entry.id])
      }
    }
    return {
      entries,
      classes: classes.length === 0 ? undefined : [...new Set(classes)],
      ...(splits.size > 0 && { splits }),
    }
  },
  placeOf: ({ id, extension }) => `images/${id}${extension}`,
  *write({ classes, pictures }) {
    const labels = classes.map((name) => declareLabel(name, pictures))
    const images = pictures.map(writeImage).join('')
    yield [
      'annotations.xml',
      `<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n  <meta>\n    <task>\n      <mode>annotation</mode>\n      <labels>\n${labels.join('')}      </labels>\n    </task>\n  </meta>\n${images}</annotations>\n`,
    ]
  },
}

/** A class with the attributes that its objects have: CVAT drops values of those that are not declared. */
function declareLabel(className: string, pictures: readonly WrittenPicture[]): string {
  const objects = pictures.flatMap((picture) => picture.objects)
  const names = objects.flatMap((object) =>
    object.className === className ? Object.keys(object.attributes ?? {}) : [],
  )
  const attributes = [...new Set(names)].map(
    (name) =>
      `<attribute><name>${escapeXml(name)}</name><mutable>False</mutable><input_type>text</input_type><default_value></default_value><values></values></attribute>`,
  )
  return `        <label><name>${escapeXml(className)}</name><attributes>${attributes.join('')}</attributes></label>\n`
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function attribute(element: unknown, name: string, origin: LabelOrigin): string | undefined {
  return isElement(element) ? elementText(element[`${ATTRIBUTE}${name}`], origin) : undefined
}

function child(element: unknown, ...names: string[]): unknown {
  return names.reduce((at: unknown, name) => (isElement(at) ? at[name] : undefined), element)
}

function labelsOf(root: unknown, file: string): string[] {
  const lists = ['task', 'project', 'job'].map((owner) =>
    child(root, 'meta', owner, 'labels', 'label'),
  )
  return lists.flatMap((list) =>
    listOf(list).map((label) => classNameOf(elementText(child(label, 'name'), { file }), { file })),
  )
}

function readImage(image: object, file: string): LabelEntry {
  const name = plainPath(attribute(image, 'name', { file }) ?? '')
  const folder = folderOf(file)
  return {
    id: withoutExtension(folder === '' ? name : `${folder}/${name}`),
    file,
    load: async () => {
      if (name === '') throw labelFault({ rule: 'expected a name for every <image>', file })
      const size = sizeOf(attribute(image, 'width', { file }), attribute(image, 'height', { file }))
      const shapes = SHAPES.flatMap((kind) =>
        listOf((image as Record<string, unknown>)[kind]).map((shape) => ({ kind, shape })),
      )
      const { objects, faults } = eachObject(shapes, ({ kind, shape }, number) =>
        readShape(kind, shape, number, { file, object: `${name}, ${kind} ${number}` }),
      )
      return { picture: name, size, unit: 'pixels', objects, faults }
    },
  }
}

function readShape(
  kind: (typeof SHAPES)[number],
  shape: unknown,
  number: number,
  origin: LabelOrigin,
): LabelledObject {
  const text = (name: string) => attribute(shape, name, origin)
  const value = (name: string) => numberOf(text(name), name, origin)
  const className = classNameOf(text('label'), origin)
  const attributes = attributesOf(shape, origin)
  const more = { number, className, ...(attributes !== undefined && { attributes }) }
  switch (kind) {
    case 'box': {
      const upright = { x1: value('xtl'), y1: value('ytl'), x2: value('xbr'), y2: value('ybr') }
      const rotation = text('rotation') === undefined ? 0 : value('rotation')
      return rotation === 0
        ? { ...more, box: upright }
        : { ...more, box: aroundTurned(upright, rotation), rotation }
    }
    case 'ellipse': {
      const [cx, cy, rx, ry] = [value('cx'), value('cy'), value('rx'), value('ry')]
      return { ...more, box: { x1: cx - rx, y1: cy - ry, x2: cx + rx, y2: cy + ry } }
    }
    case 'mask': {
      const [x1, y1] = [value('left'), value('top')]
      return { ...more, box: { x1, y1, x2: x1 + value('width'), y2: y1 + value('height') } }
    }
    case 'polygon': {
      const outline = (text('points') ?? '')
        .split(/[;,]/)
        .map((part) => numberOf(part, 'each point', origin))
      return { ...more, box: boxAroundOutline(outline, origin), outline }
    }
    default:
      throw labelFault({ rule: 'expected a shape with an area', got: `a <${kind}>`, ...origin })
  }
}

function attributesOf(shape: unknown, origin: LabelOrigin): Record<string, string> | undefined {
  const entries = listOf(child(shape, 'attribute')).flatMap((one) => {
    const name = attribute(one, 'name', origin)
    const value = elementText(isElement(one) ? one['#text'] : one, origin)
    return name === undefined || value === undefined ? [] : [[name, value] as const]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function writeImage({ id, extension, size, split, objects }: WrittenPicture, i: number): string {
  const name = escapeXml(`${id}${extension}`)
  const subset = split === undefined ? '' : ` subset="${escapeXml(split)}"`
  const shapes = objects.map(({ className, box, outline, attributes = {} }) => {
    const label = `label="${escapeXml(className)}" occluded="0" z_order="0"`
    const inner = Object.entries(attributes)
      .map(
        ([key, value]) =>
          `<attribute name="${escapeXml(key)}">${escapeXml(String(value))}</attribute>`,
      )
      .join('')
    if (outline === undefined) {
      const [x1, y1, x2, y2] = [box.x1, box.y1, box.x2, box.y2].map(rounded)
      return `    <box ${label} xtl="${x1}" ytl="${y1}" xbr="${x2}" ybr="${y2}">${inner}</box>\n`
    }
    const points = pairs(outline).map(([x, y]) => `${rounded(x)},${rounded(y)}`)
    return `    <polygon ${label} points="${points.join(';')}">${inner}</polygon>\n`
  })
  return `  <image id="${i}" name="${name}"${subset} width="${size.width}" height="${size.height}">\n${shapes.join('')}  </image>\n`
}

const pairs = (values: readonly number[]) =>
  Array.from(
    { length: Math.floor(values.length / 2) },
    (_, i) => [values[2 * i]!, values[2 * i + 1]!] as const,
  )
