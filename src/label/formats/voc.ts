/**
 * @file Pascal VOC XML: a file per picture, wherever it lies. (The devkit's own layout, with its lists, is read by
 * node/data/read-voc.ts; this reader takes every other arrangement of the same files.)
 */
import { parseVocXml } from '../../dataset/voc-xml.ts'
import { rounded } from '../label-fault.ts'
import type { FileTree, LabelFormat, LabelIndex, WrittenPicture } from '../labels.ts'
import { baseOf, extensionOf, folderOf, splitsByFolder, withoutExtension } from '../paths.ts'
import { readText } from '../text.ts'
import { escapeXml } from '../xml-text.ts'

const isXml = (path: string) => extensionOf(path) === '.xml'

async function isVoc(tree: FileTree, path: string): Promise<boolean> {
  return /<annotation[\s>]/.test((await tree.peek(path)).head)
}

/** Files that are looked at; in a folder of one format, the first is as good as any. */
const LOOKED_AT = 3

/** Pascal VOC. */
export const vocFormat: LabelFormat = {
  name: 'voc',
  title: 'Pascal VOC XML',
  holds: ['difficult', 'empty pictures', 'splits'],
  async recognise(tree) {
    for (const path of tree.files.filter(isXml).slice(0, LOOKED_AT))
      if (await isVoc(tree, path)) return `${path} is an <annotation>`
    return undefined
  },
  async read(tree): Promise<LabelIndex> {
    const entries = tree.files.filter(isXml).map((path) => ({
      id: withoutExtension(path),
      file: path,
      load: async () => {
        const { filename, size, objects, faults } = parseVocXml(await tree.read(path), path)
        // People rename files and forget the name inside: the file's own name decides.
        const stem = baseOf(withoutExtension(path))
        const same = filename !== undefined && withoutExtension(filename) === stem
        const picture = same ? filename : `${stem}.jpg`
        return { picture, otherwise: filename, size, unit: 'pixels' as const, objects, faults }
      },
    }))
    return { entries, splits: (await listedSplits(tree, entries)) ?? splitsByFolder(entries) }
  },
  placeOf: (picture) => `JPEGImages/${flat(picture)}${picture.extension}`,
  *write({ pictures }) {
    for (const picture of pictures) yield [`Annotations/${flat(picture)}.xml`, writeXml(picture)]
    const splits = new Map<string, string[]>()
    for (const picture of pictures)
      if (picture.split !== undefined)
        splits.set(picture.split, [...(splits.get(picture.split) ?? []), flat(picture)])
    for (const [split, ids] of splits)
      yield [`ImageSets/Main/${split}.txt`, ids.map((id) => `${id}\n`).join('')]
  },
}

/** A list of the devkit: `VOC2012/ImageSets/Main/train.txt`. */
const LIST = /^(.*\/)?ImageSets\/Main\/([^/]+)\.txt$/i

/** What a list per class says of each picture: it shows the class (1), does not (-1), or is hard to tell (0). */
const COLUMN = /\s+(-1|0|1)$/

/** The splits of all lists; those of one name in several years are one. */
async function listedSplits(
  tree: FileTree,
  entries: readonly { readonly id: string; readonly file: string }[],
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const splits = new Map<string, string[]>()
  for (const path of tree.files) {
    const [, root = '', name = ''] = LIST.exec(path) ?? []
    if (name === '') continue
    const lines = (await readText(tree, path)).split(/\r?\n/).map((line) => line.trim())
    if (lines.some((line) => COLUMN.test(line))) continue
    const listed = new Set(lines.map((line) => line.replace(/\.(jpe?g|png|xml)$/i, '')))
    const ids = entries
      .filter(
        ({ file }) =>
          file.startsWith(root) && tails(withoutExtension(file)).some((tail) => listed.has(tail)),
      )
      .map(({ id }) => id)
    if (ids.length > 0) splits.set(name, [...(splits.get(name) ?? []), ...ids])
  }
  return splits.size === 0 ? undefined : splits
}

/** `a/b/c`, `b/c` and `c`. */
const tails = (path: string) => path.split('/').map((_, i, parts) => parts.slice(i).join('/'))

/** The devkit has no folders below its own. */
const flat = ({ id }: WrittenPicture) => id.replaceAll('/', '__')

function writeXml(picture: WrittenPicture): string {
  const { size, objects, extension } = picture
  const listed = objects.map(
    ({ className, box, difficult }) => `  <object>
    <name>${escapeXml(className)}</name>
    <pose>Unspecified</pose>
    <truncated>0</truncated>
    <difficult>${difficult === true ? 1 : 0}</difficult>
    <bndbox>
      <xmin>${rounded(box.x1)}</xmin>
      <ymin>${rounded(box.y1)}</ymin>
      <xmax>${rounded(box.x2)}</xmax>
      <ymax>${rounded(box.y2)}</ymax>
    </bndbox>
  </object>
`,
  )
  return `<annotation>
  <folder>${escapeXml(folderOf(vocFormat.placeOf(picture)))}</folder>
  <filename>${escapeXml(`${flat(picture)}${extension}`)}</filename>
  <size>
    <width>${size.width}</width>
    <height>${size.height}</height>
    <depth>3</depth>
  </size>
  <segmented>0</segmented>
${listed.join('')}</annotation>
`
}
