/**
 * @file KITTI text: a file per picture, a line of fifteen columns per object; the box is columns five to eight, corners in
 * pixels. Regions called DontCare are not labelled: they count as crowds of nothing in particular, and are left out.
 */
import { classNameOf, eachObject, labelFault, numberOf, rounded } from '../label-fault.ts'
import type {
  FileTree,
  LabelFormat,
  LabelIndex,
  LabelledObject,
  WrittenPicture,
} from '../labels.ts'
import { baseOf, extensionOf, isPicture, splitsByFolder, withoutExtension } from '../paths.ts'
import { readText } from '../text.ts'

/** `Car 0.00 0 -1.57 587.01 173.33 614.12 200.12 ...`, with or without the columns of three dimensions. */
const LINE = /^[A-Za-z][\w-]*(\s+-?\d+(\.\d*)?(e[-+]?\d+)?){7,15}\s*$/i
const LOOKED_AT = 20
const NOT_LABELLED = 'DontCare'

/** KITTI. */
export const kittiFormat: LabelFormat = {
  name: 'kitti',
  title: 'KITTI text',
  holds: ['empty pictures'],
  async recognise(tree) {
    for (const path of textsOf(tree).slice(0, LOOKED_AT)) {
      const [line = ''] = (await tree.peek(path)).head.trim().split(/\r?\n/)
      if (line !== '') return LINE.test(line) ? `${path} has lines of KITTI` : undefined
    }
    return undefined
  },
  async read(tree): Promise<LabelIndex> {
    const pictures = new Set(
      tree.files.filter(isPicture).map((path) => baseOf(withoutExtension(path))),
    )
    const files = textsOf(tree).filter((path) => pictures.has(baseOf(withoutExtension(path))))
    const entries = files.map((file) => ({
      id: withoutExtension(file),
      file,
      load: async () => {
        const lines = (await readText(tree, file))
          .split(/\r?\n/)
          .filter((line) => line.trim() !== '')
        const found = eachObject(lines, (line, number) => readLine(line, number, file))
        return {
          picture: `${baseOf(withoutExtension(file))}.png`,
          unit: 'pixels' as const,
          ...found,
        }
      },
    }))
    return { entries, splits: splitsByFolder(entries) }
  },
  placeOf: (picture) => `image_2/${flat(picture)}${picture.extension}`,
  *write({ pictures }) {
    for (const picture of pictures) yield [`label_2/${flat(picture)}.txt`, writeLines(picture)]
  },
}

const flat = ({ id }: WrittenPicture) => id.replaceAll('/', '__')

const textsOf = (tree: FileTree) => tree.files.filter((path) => extensionOf(path) === '.txt')

function readLine(line: string, number: number, file: string): LabelledObject | undefined {
  const origin = { file, object: `line ${number}` }
  const [name = '', ...cells] = line.trim().split(/\s+/)
  if (name === NOT_LABELLED) return undefined
  if (cells.length < 7)
    throw labelFault({ rule: 'expected a class and at least seven numbers', got: line, ...origin })
  const [x1, y1, x2, y2] = cells.slice(3, 7).map((cell) => numberOf(cell, 'each side', origin))
  return {
    number,
    className: classNameOf(name, origin),
    box: { x1: x1!, y1: y1!, x2: x2!, y2: y2! },
  }
}

function writeLines({ objects }: WrittenPicture): string {
  return objects
    .map(({ className, box }) => {
      // A name is one word here.
      const name = className.replace(/\s+/g, '_')
      const sides = [box.x1, box.y1, box.x2, box.y2].map(rounded)
      return `${name} 0 0 0 ${sides.join(' ')} 0 0 0 0 0 0 0\n`
    })
    .join('')
}
