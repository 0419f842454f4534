import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createImage } from '../image/image.ts'
import { readVocDataset } from './read-voc.ts'
import { writePng } from './write-image.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'singleshot-voc-'))
})
afterEach(() => rm(folder, { recursive: true }))

type Corners = readonly [number, number, number, number]

/** An annotation of a 64x48 picture, from class names and corners. */
function xml(filename: string, ...objects: readonly (readonly [string, Corners])[]): string {
  const listed = objects.map(([name, [x1, y1, x2, y2]]) => {
    const box = `<xmin>${x1}</xmin><ymin>${y1}</ymin><xmax>${x2}</xmax><ymax>${y2}</ymax>`
    return `<object><name>${name}</name><bndbox>${box}</bndbox></object>`
  })
  const size = '<size><width>64</width><height>48</height></size>'
  return `<annotation><filename>${filename}</filename>${size}${listed.join('')}</annotation>`
}

/** Writes files below the folder; a picture where the content is null. */
async function fill(files: Record<string, string | null>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    await mkdir(dirname(path), { recursive: true })
    if (content === null) await writePng(createImage({ width: 64, height: 48 }), path)
    else await writeFile(path, content)
  }
}

const cat: readonly [string, Corners] = ['cat', [10, 10, 30, 20]]
const dog: readonly [string, Corners] = ['dog', [5, 6, 7, 48]]

const devkit = {
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

const idsOf = ({ examples }: { examples: readonly { id: string }[] }) =>
  examples.map(({ id }) => id)

test('the devkit layout is read by its lists; the classes are those of the whole folder', async () => {
  await fill(devkit)
  const train = await readVocDataset(folder, { split: 'train' })
  expect(idsOf(train)).toEqual(['c', 'a'])
  expect(train.classes).toEqual(['cat', 'dog'])
  expect(train.examples[1]).toEqual({
    id: 'a',
    imagePath: join(folder, 'JPEGImages', 'a.png'),
    size: { width: 64, height: 48 },
    objects: [{ box: { x1: 10, y1: 10, x2: 30, y2: 20 }, classId: 0, difficult: false }],
  })
  expect(idsOf(await readVocDataset(folder))).toEqual(['a', 'b', 'c'])
})

test('an annotation without objects stays, as a picture of background', async () => {
  await fill(devkit)
  expect((await readVocDataset(folder, { split: 'train' })).examples[0]?.objects).toEqual([])
})

test('subfolders with XML beside the pictures are splits; the case of the extension is free', async () => {
  await fill({
    'train/a.xml': xml('A.JPG', cat),
    'train/a.PNG': null,
    'test/a.xml': xml('a.png', dog),
    'test/a.png': null,
    'notes/readme.txt': 'no data',
  })
  expect(idsOf(await readVocDataset(folder))).toEqual(['test/a', 'train/a'])
  const train = await readVocDataset(folder, { split: 'train' })
  expect(train.examples[0]?.imagePath).toBe(join(folder, 'train', 'a.PNG'))
  expect(train.classes).toEqual(['cat', 'dog'])
})

test('without lists the splits are drawn, the same ones every time, and share nothing', async () => {
  const names = Array.from({ length: 20 }, (_, i) => `p${i}`)
  for (const name of names)
    await fill({ [`${name}.xml`]: xml(`${name}.png`, cat), [`${name}.png`]: null })
  const trainval = idsOf(await readVocDataset(folder, { split: 'trainval' }))
  const held = idsOf(await readVocDataset(folder, { split: 'test' }))
  expect(trainval).toHaveLength(16)
  expect([...trainval, ...held].sort()).toEqual(names.sort())
  expect(idsOf(await readVocDataset(folder, { split: 'test' }))).toEqual(held)
})

test("the annotation's own name finds the picture; <filename> decides between two and helps if none fits", async () => {
  await fill({
    'a.xml': xml('other.png', cat),
    'a.png': null,
    'b.xml': xml('b.png', cat),
    'b.png': null,
    'b.webp': 'never read',
    'c.xml': xml('other.png', cat),
    'other.png': null,
  })
  const { examples } = await readVocDataset(folder)
  const names = examples.map(({ imagePath }) => imagePath.slice(folder.length + 1))
  expect(names).toEqual(['a.png', 'b.png', 'other.png'])
})

test('a box up to a pixel outside is clipped, and a missing size is read from the picture', async () => {
  const text = xml('a.png', ['cat', [-1, 0, 65, 48]]).replace(/<size>.*<\/size>/, '')
  await fill({ 'a.xml': text, 'a.png': null })
  const [example] = (await readVocDataset(folder)).examples
  expect(example?.size).toEqual({ width: 64, height: 48 })
  expect(example?.objects[0]?.box).toEqual({ x1: 0, y1: 0, x2: 64, y2: 48 })
})

test('a box without area is reported, and left out even when strict', async () => {
  await fill({ 'a.xml': xml('a.png', cat, ['dog', [9, 9, 9, 20]]), 'a.png': null })
  const heard: string[] = []
  const read = await readVocDataset(folder, { onProblem: ({ message }) => heard.push(message) })
  expect(read.examples[0]?.objects).toHaveLength(1)
  expect(read.problems.map(({ code }) => code)).toEqual(['E_BOX_EMPTY'])
  expect(heard).toEqual(read.problems.map(({ message }) => message))
  expect(heard[0]).toMatch(/a\.xml, object 2 dog\)$/)
})

describe('a broken example', () => {
  test.each([
    ['E_XML', { 'x.xml': '<annotation><object>', 'x.png': null }],
    ['E_IMAGE_MISSING', { 'x.xml': xml('x.png', cat) }],
    ['E_BOX_ORDER', { 'x.xml': xml('x.png', ['cat', [30, 10, 10, 20]]), 'x.png': null }],
    ['E_BOX_OUTSIDE', { 'x.xml': xml('x.png', ['cat', [30, 10, 66, 20]]), 'x.png': null }],
    ['E_BOX_FORMAT', { 'x.xml': xml('x.png', ['cat', [Number.NaN, 1, 2, 3]]), 'x.png': null }],
    ['E_CLASS_UNKNOWN', { 'x.xml': xml('x.png', ['cow', [1, 1, 2, 3]]), 'x.png': null }],
  ])('is %s when strict, else a problem, and the others are read', async (code, files) => {
    await fill({ ...files, 'good.xml': xml('good.png', cat), 'good.png': null })
    const classes = ['cat', 'dog']
    await expect(readVocDataset(folder, { classes })).rejects.toMatchObject({ code })
    await expect(readVocDataset(folder, { classes })).rejects.toThrow('x.xml')
    const read = await readVocDataset(folder, { classes, strict: false })
    expect(idsOf(read)).toEqual(['good'])
    expect(read.problems.map((problem) => problem.code)).toEqual([code])
  })

  test('is a line of a list without an annotation', async () => {
    await fill({ ...devkit, 'ImageSets/Main/train.txt': 'a\nghost\n' })
    const reading = readVocDataset(folder, { split: 'train' })
    await expect(reading).rejects.toMatchObject({ code: 'E_ANNOTATION_MISSING' })
    await expect(reading).rejects.toThrow('ghost')
    expect(idsOf(await readVocDataset(folder, { split: 'train', strict: false }))).toEqual(['a'])
  })
})

test('a folder that is missing or empty, an unknown split and no picture at all are told apart', async () => {
  const nowhere = readVocDataset(join(folder, 'nowhere'))
  await expect(nowhere).rejects.toMatchObject({ code: 'E_FOLDER_MISSING' })
  await expect(readVocDataset(folder)).rejects.toMatchObject({ code: 'E_FOLDER_EMPTY' })
  await fill(devkit)
  const unknown = readVocDataset(folder, { split: 'valid' })
  await expect(unknown).rejects.toMatchObject({ code: 'E_SPLIT_MISSING' })
  await expect(unknown).rejects.toThrow('expected one of the splits test, train, got valid')
  await fill({ 'ImageSets/Main/val.txt': '\n' })
  const none = readVocDataset(folder, { split: 'val' })
  await expect(none).rejects.toMatchObject({ code: 'E_NO_IMAGES' })
})

const shared = join(import.meta.dirname, '../../../shared/data')
if (!existsSync(shared))
  console.warn(`read-voc.test.ts: ${shared} is absent, real data is not tested`)

describe.skipIf(!existsSync(shared))('real data', () => {
  test('blood cells: 364 pictures, 4886 usable boxes, and the two without area are reported', async () => {
    const read = await readVocDataset(join(shared, 'bccd'))
    expect(read.examples).toHaveLength(364)
    expect(read.examples.reduce((sum, { objects }) => sum + objects.length, 0)).toBe(4886)
    expect(read.problems).toHaveLength(2)
    expect((await readVocDataset(join(shared, 'bccd'), { split: 'test' })).examples).toHaveLength(
      72,
    )
  })

  test('playing cards: 296 pictures to train on with 527 boxes of six classes, nothing wrong', async () => {
    const read = await readVocDataset(join(shared, 'playing-cards'), { split: 'train' })
    expect(read.examples).toHaveLength(296)
    expect(read.examples.reduce((sum, { objects }) => sum + objects.length, 0)).toBe(527)
    expect(read.classes).toEqual(['ace', 'jack', 'king', 'nine', 'queen', 'ten'])
    expect(read.problems).toEqual([])
  })
})
