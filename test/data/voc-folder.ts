/** @file Small folders of Pascal VOC data that tests write for themselves. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { createImage } from '../../src/image/image.ts'
import { writePng } from '../../src/node/picture/write-image.ts'

/** xmin, ymin, xmax, ymax. */
export type Corners = readonly [number, number, number, number]

/** An annotation of a 64x48 picture, from class names and corners. */
export function xml(filename: string, ...objects: readonly (readonly [string, Corners])[]): string {
  const listed = objects.map(([name, [x1, y1, x2, y2]]) => {
    const box = `<xmin>${x1}</xmin><ymin>${y1}</ymin><xmax>${x2}</xmax><ymax>${y2}</ymax>`
    return `<object><name>${name}</name><bndbox>${box}</bndbox></object>`
  })
  const size = '<size><width>64</width><height>48</height></size>'
  return `<annotation><filename>${filename}</filename>${size}${listed.join('')}</annotation>`
}

/** A folder that is new for every test. */
export interface TestFolder {
  /** Its path. */
  path: string
  /** Writes files below it; a picture of 64x48 where the content is null. */
  fill(files: Record<string, string | null>): Promise<void>
}

/** Makes a folder before each test of the file, and removes it afterwards. */
export function folderForEachTest(): TestFolder {
  const folder: TestFolder = {
    path: '',
    async fill(files) {
      for (const [name, content] of Object.entries(files)) {
        const path = join(folder.path, name)
        await mkdir(dirname(path), { recursive: true })
        if (content === null) await writePng(createImage({ width: 64, height: 48 }), path)
        else await writeFile(path, content)
      }
    },
  }
  beforeEach(async () => {
    folder.path = await mkdtemp(join(tmpdir(), 'singleshot-voc-'))
  })
  afterEach(() => rm(folder.path, { recursive: true }))
  return folder
}

/** An object for {@link xml}. */
export const cat: readonly [string, Corners] = ['cat', [10, 10, 30, 20]]

/** Another, which touches the lower edge. */
export const dog: readonly [string, Corners] = ['dog', [5, 6, 7, 48]]

/** A folder in the layout of the devkit, for {@link TestFolder.fill}. */
export const devkit = {
  'Annotations/a.xml': xml('a.png', cat),
  'Annotations/b.xml': xml('b.png', dog, cat),
  'Annotations/c.xml': xml('c.png'),
  'JPEGImages/a.png': null,
  'JPEGImages/b.png': null,
  'JPEGImages/c.png': null,
  'ImageSets/Main/train.txt': 'c\r\na\r\n\r\n',
  'ImageSets/Main/test.txt': 'b\n',
  'ImageSets/Main/cat_train.txt': 'a  1\nc -1\n',
}

/** The ids of a dataset's examples. */
export const idsOf = ({ examples }: { examples: readonly { id: string }[] }) =>
  examples.map(({ id }) => id)
