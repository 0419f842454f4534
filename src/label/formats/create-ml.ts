/** @file Apple's Create ML JSON: a list of pictures with their objects; centre and size in pixels. */
import { boxFrom, classNameOf, eachObject, labelFault, numberOf, rounded } from '../label-fault.ts'
import type { FileTree, LabelEntry, LabelFormat, LabelIndex } from '../labels.ts'
import { folderOf, nearTop, plainPath, splitsByFolder, withoutExtension } from '../paths.ts'
import { listOf, readJson, recordOf } from '../text.ts'

async function files(tree: FileTree): Promise<string[]> {
  const found: string[] = []
  for (const path of nearTop(tree.files, '.json'))
    if (isCreateMl((await tree.peek(path)).head)) found.push(path)
  return found
}

/** A list of records that name an image and its annotations; those of Label Studio have results instead. */
function isCreateMl(head: string): boolean {
  return (
    /^\ufeff?\s*\[\s*\{\s*"(image|imagefilename|annotations?)"\s*:/.test(head) &&
    /"annotations?"\s*:\s*\[/.test(head) &&
    !/"(result|rectanglelabels|was_cancelled)"\s*:/.test(head)
  )
}

/** Create ML. */
export const createMlFormat: LabelFormat = {
  name: 'create-ml',
  title: 'Create ML JSON',
  holds: ['empty pictures', 'splits'],
  async recognise(tree) {
    const [path] = await files(tree)
    return path === undefined ? undefined : `${path} lists pictures with coordinates`
  },
  async read(tree): Promise<LabelIndex> {
    const entries: LabelEntry[] = []
    for (const file of await files(tree))
      for (const [i, picture] of listOf(await readJson(tree, file)).entries())
        entries.push(readPicture(recordOf(picture), i, file))
    return { entries, splits: splitsByFolder(entries) }
  },
  placeOf: ({ id, extension, split }) =>
    `${split === undefined ? '' : `${split}/`}${id}${extension}`,
  *write({ pictures }) {
    for (const split of new Set(pictures.map((picture) => picture.split))) {
      const listed = pictures
        .filter((picture) => picture.split === split)
        .map(({ id, extension, objects }) => ({
          image: `${id}${extension}`,
          annotations: objects.map(({ className, box }) => ({
            label: className,
            coordinates: {
              x: rounded((box.x1 + box.x2) / 2),
              y: rounded((box.y1 + box.y2) / 2),
              width: rounded(box.x2 - box.x1),
              height: rounded(box.y2 - box.y1),
            },
          })),
        }))
      const folder = split === undefined ? '' : `${split}/`
      yield [`${folder}_annotations.createml.json`, `${JSON.stringify(listed)}\n`]
    }
  },
}

function readPicture(
  picture: Readonly<Record<string, unknown>>,
  i: number,
  file: string,
): LabelEntry {
  const named = picture.image ?? picture.imagefilename ?? picture.filename
  const name = typeof named === 'string' ? plainPath(named) : undefined
  const folder = folderOf(file)
  const path = name ?? `picture ${i + 1}`
  return {
    id: withoutExtension(folder === '' ? path : `${folder}/${path}`),
    file,
    load: async () => {
      if (name === undefined)
        throw labelFault({ rule: 'expected the name of an image', file, object: `entry ${i + 1}` })
      const marks = listOf(picture.annotations ?? picture.annotation)
      const { objects, faults } = eachObject(marks, (mark, number) => {
        const origin = { file, object: `${name}, object ${number}` }
        const { label, coordinates } = recordOf(mark)
        const at = recordOf(coordinates)
        const value = (side: string) => numberOf(at[side], side, origin)
        const [width, height] = [value('width'), value('height')]
        const box = boxFrom(value('x') - width / 2, value('y') - height / 2, width, height)
        return { number, className: classNameOf(label, origin), box }
      })
      return { picture: name, unit: 'pixels', objects, faults }
    },
  }
}
