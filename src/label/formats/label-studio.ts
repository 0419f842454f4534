/**
 * @file Label Studio's JSON (a list of tasks with their annotations) and its JSON-MIN (a list of pictures with their
 * labels). Boxes are in percent of the picture's sides; they may be turned about their upper left corner, and drawn
 * backwards, with negative sizes.
 */
import {
  boxAround,
  boxAroundOutline,
  boxFrom,
  classNameOf,
  eachObject,
  type LabelOrigin,
  labelFault,
  numberOf,
} from '../label-fault.ts'
import type {
  FileTree,
  LabelEntry,
  LabelFormat,
  LabelIndex,
  LabelledObject,
  WrittenPicture,
} from '../labels.ts'
import { baseOf, folderOf, nearTop, plainPath, withoutExtension } from '../paths.ts'
import { turnedCorners } from '../rotation.ts'
import { sizeOf } from '../size.ts'
import { listOf, readJson, recordOf } from '../text.ts'
import { attributesOf, notesOf } from './label-studio-notes.ts'

type Json = Readonly<Record<string, unknown>>

const SHAPES = [
  'rectanglelabels',
  'polygonlabels',
  'ellipselabels',
  'brushlabels',
  'keypointlabels',
]

async function files(tree: FileTree): Promise<string[]> {
  const found: string[] = []
  for (const path of nearTop(tree.files, '.json')) {
    const { head } = await tree.peek(path)
    const list = /^\s*\[\s*\{/.test(head.replace(/^\ufeff/, ''))
    if (
      list &&
      /"(rectanglelabels|polygonlabels|original_width|was_cancelled|annotation_id)"/.test(head)
    )
      found.push(path)
  }
  return found
}

/** Label Studio. */
export const labelStudioFormat: LabelFormat = {
  name: 'label-studio',
  title: 'Label Studio JSON or JSON-MIN',
  holds: ['outline', 'attributes', 'empty pictures'],
  async recognise(tree) {
    const [path] = await files(tree)
    return path === undefined ? undefined : `${path} lists tasks of Label Studio`
  },
  async read(tree): Promise<LabelIndex> {
    const entries: LabelEntry[] = []
    for (const file of await files(tree))
      for (const [i, task] of listOf(await readJson(tree, file)).entries())
        entries.push(readTask(recordOf(task), i, file))
    return { entries }
  },
  placeOf: ({ id, extension }) => `images/${id}${extension}`,
  *write({ pictures }) {
    yield ['labels.json', `${JSON.stringify(pictures.map(writeTask), null, 1)}\n`]
  },
}

function readTask(task: Json, i: number, file: string): LabelEntry {
  const picture = pictureOf(task)
  const folder = folderOf(file)
  const name = picture ?? `task ${i + 1}`
  return {
    id: withoutExtension(folder === '' ? name : `${folder}/${name}`),
    file,
    load: async () => {
      if (picture === undefined) {
        const rule = 'expected the address of a picture in every task'
        throw labelFault({ rule, file, object: `task ${i + 1}` })
      }
      const results = resultsOf(task)
      const [first] = results
      const size = sizeOf(first?.original_width, first?.original_height)
      const { objects, faults } = eachObject(results, (result, number) =>
        readResult(result, number, { file, object: `${picture}, result ${number}` }),
      )
      return { picture, size, unit: 'shares', objects, faults }
    },
  }
}

/** The one value that is an address of a picture, whatever the task calls it. */
function pictureOf(task: Json): string | undefined {
  const data = task.data === undefined ? task : recordOf(task.data)
  for (const value of Object.values(data)) {
    if (typeof value !== 'string') continue
    const path = decoded(value.includes('?d=') ? value.slice(value.indexOf('?d=') + 3) : value)
    if (/\.\w{3,5}$/.test(path) && !/\s*[{[]/.test(path[0] ?? ''))
      return plainPath(
        path
          .replace(/^https?:\/\/[^/]+/, '')
          .replace(/[?#].*$/, '')
          .replace(/^\/?data\/(upload|local-files)\//, ''),
      )
  }
  return undefined
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** All shapes of a task: of the first annotation that was not cancelled. */
function resultsOf(task: Json): Json[] {
  const annotations = listOf(task.annotations ?? task.completions).map(recordOf)
  const valid = annotations.find(({ was_cancelled: cancelled }) => cancelled !== true)
  if (valid !== undefined) {
    const results = listOf(valid.result).map(recordOf)
    return results.filter(
      ({ type }) => SHAPES.includes(String(type).toLowerCase()) || type === undefined,
    )
  }
  // JSON-MIN: the shapes themselves, under the name that the labelling interface has for them.
  return Object.values(task).flatMap((value) =>
    listOf(value)
      .map(recordOf)
      .filter((shape) => SHAPES.some((kind) => kind in shape)),
  )
}

function readResult(result: Json, number: number, origin: LabelOrigin): LabelledObject {
  const attributes = attributesOf(recordOf(result.meta).text)
  const object = readShape(result, number, origin)
  return attributes === undefined ? object : { ...object, attributes }
}

function readShape(result: Json, number: number, origin: LabelOrigin): LabelledObject {
  const value = result.value === undefined ? result : recordOf(result.value)
  const kind = SHAPES.find((name) => name in value)
  const [label] = listOf(kind === undefined ? undefined : value[kind])
  const className = classNameOf(label, origin)
  const share = (name: string) => numberOf(value[name], name, origin) / 100
  if (kind === 'polygonlabels') {
    const outline = listOf(value.points)
      .flatMap(listOf)
      .map((point) => numberOf(point, 'each point', origin) / 100)
    return { number, className, box: boxAroundOutline(outline, origin), outline }
  }
  if (kind === 'ellipselabels') {
    const [x, y, rx, ry] = [share('x'), share('y'), share('radiusX'), share('radiusY')]
    return { number, className, box: { x1: x - rx, y1: y - ry, x2: x + rx, y2: y + ry } }
  }
  if (kind !== 'rectanglelabels')
    throw labelFault({
      rule: 'expected a rectangle, a polygon or an ellipse',
      got: kind,
      ...origin,
    })
  const box = boxFrom(share('x'), share('y'), share('width'), share('height'))
  const rotation = value.rotation === undefined ? 0 : numberOf(value.rotation, 'rotation', origin)
  if (rotation % 360 === 0) return { number, className, box }
  return { number, className, box: turnedShares(box, rotation, result), rotation }
}

/** Around a turned box: in pixels, because shares of unequal sides are squeezed. */
function turnedShares(box: ReturnType<typeof boxFrom>, degrees: number, result: Json) {
  const { width, height } = sizeOf(result.original_width, result.original_height) ?? {
    width: 1,
    height: 1,
  }
  const pixels = {
    x1: box.x1 * width,
    y1: box.y1 * height,
    x2: box.x2 * width,
    y2: box.y2 * height,
  }
  const around = boxAround(turnedCorners(pixels, degrees, { x: pixels.x1, y: pixels.y1 }))
  return {
    x1: around.x1 / width,
    y1: around.y1 / height,
    x2: around.x2 / width,
    y2: around.y2 / height,
  }
}

function writeTask(picture: WrittenPicture, i: number) {
  const { width, height } = picture.size
  const percent = (value: number, side: number) =>
    Number(((100 * value) / side).toFixed(PERCENT_DIGITS))
  const result = picture.objects.map(({ className, box, outline, attributes }, k) => ({
    id: `${i + 1}-${k + 1}`,
    from_name: 'label',
    to_name: 'image',
    image_rotation: 0,
    ...(attributes !== undefined && { meta: { text: notesOf(attributes) } }),
    original_width: width,
    original_height: height,
    ...(outline === undefined
      ? {
          type: 'rectanglelabels',
          value: {
            x: percent(box.x1, width),
            y: percent(box.y1, height),
            width: percent(box.x2 - box.x1, width),
            height: percent(box.y2 - box.y1, height),
            rotation: 0,
            rectanglelabels: [className],
          },
        }
      : {
          type: 'polygonlabels',
          value: {
            points: outline.flatMap((x, at) =>
              at % 2 === 1 ? [] : [[percent(x, width), percent(outline[at + 1]!, height)]],
            ),
            polygonlabels: [className],
          },
        }),
  }))
  return {
    id: i + 1,
    data: { image: labelStudioFormat.placeOf(picture) },
    annotations: [{ id: i + 1, was_cancelled: false, result }],
  }
}

const PERCENT_DIGITS = 7

/** The name of a picture without what Label Studio puts before it when it is uploaded: `1a2b3c4d-`. */
export const withoutUploadMark = (path: string) => baseOf(path).replace(/^[0-9a-f]{8}-/, '')
