import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cat, devkit, dog, folderForEachTest, idsOf, xml } from '../../../test/data/voc-folder.ts'
import { readVocDataset } from './read-voc.ts'

const folder = folderForEachTest()

test('the devkit layout is read by its lists; the classes are those of the whole folder.path', async () => {
  await folder.fill(devkit)
  const train = await readVocDataset(folder.path, { split: 'train' })
  expect(idsOf(train)).toEqual(['c', 'a'])
  expect(train.classes).toEqual(['cat', 'dog'])
  expect(train.examples[1]).toEqual({
    id: 'a',
    imagePath: join(folder.path, 'JPEGImages', 'a.png'),
    size: { width: 64, height: 48 },
    objects: [{ box: { x1: 10, y1: 10, x2: 30, y2: 20 }, classId: 0, difficult: false }],
  })
  expect(idsOf(await readVocDataset(folder.path))).toEqual(['a', 'b', 'c'])
})

test('an annotation without objects stays, as a picture of background', async () => {
  await folder.fill(devkit)
  expect((await readVocDataset(folder.path, { split: 'train' })).examples[0]?.objects).toEqual([])
})

test('subfolders with XML beside the pictures are splits; the case of the extension is free', async () => {
  await folder.fill({
    'train/a.xml': xml('A.JPG', cat),
    'train/a.PNG': null,
    'test/a.xml': xml('a.png', dog),
    'test/a.png': null,
    'notes/readme.txt': 'no data',
  })
  expect(idsOf(await readVocDataset(folder.path))).toEqual(['test/a', 'train/a'])
  const train = await readVocDataset(folder.path, { split: 'train' })
  expect(train.examples[0]?.imagePath).toBe(join(folder.path, 'train', 'a.PNG'))
  expect(train.classes).toEqual(['cat', 'dog'])
})

test('without lists the splits are drawn, the same ones every time, and share nothing', async () => {
  const names = Array.from({ length: 20 }, (_, i) => `p${i}`)
  for (const name of names)
    await folder.fill({ [`${name}.xml`]: xml(`${name}.png`, cat), [`${name}.png`]: null })
  const trainval = idsOf(await readVocDataset(folder.path, { split: 'trainval' }))
  const held = idsOf(await readVocDataset(folder.path, { split: 'test' }))
  expect(trainval).toHaveLength(16)
  expect([...trainval, ...held].sort()).toEqual(names.sort())
  expect(idsOf(await readVocDataset(folder.path, { split: 'test' }))).toEqual(held)
})

test("the annotation's own name finds the picture; <filename> decides between two and helps if none fits", async () => {
  await folder.fill({
    'a.xml': xml('other.png', cat),
    'a.png': null,
    'b.xml': xml('b.png', cat),
    'b.png': null,
    'b.webp': 'never read',
    'c.xml': xml('other.png', cat),
    'other.png': null,
  })
  const { examples } = await readVocDataset(folder.path)
  const names = examples.map(({ imagePath }) => imagePath.slice(folder.path.length + 1))
  expect(names).toEqual(['a.png', 'b.png', 'other.png'])
})

test('a box up to a pixel outside is clipped, and a missing size is read from the picture', async () => {
  const text = xml('a.png', ['cat', [-1, 0, 65, 48]]).replace(/<size>.*<\/size>/, '')
  await folder.fill({ 'a.xml': text, 'a.png': null })
  const [example] = (await readVocDataset(folder.path)).examples
  expect(example?.size).toEqual({ width: 64, height: 48 })
  expect(example?.objects[0]?.box).toEqual({ x1: 0, y1: 0, x2: 64, y2: 48 })
})

test('a folder that is missing or empty, an unknown split and no picture at all are told apart', async () => {
  const nowhere = readVocDataset(join(folder.path, 'nowhere'))
  await expect(nowhere).rejects.toMatchObject({ code: 'E_FOLDER_MISSING' })
  await expect(readVocDataset(folder.path)).rejects.toMatchObject({ code: 'E_FOLDER_EMPTY' })
  await folder.fill({ 'export.zip': 'PK', 'a.csv': '' })
  const archive = readVocDataset(join(folder.path, 'export.zip'))
  await expect(archive).rejects.toThrow('got an archive')
  await expect(archive).rejects.toMatchObject({
    parts: { remedy: expect.stringMatching(/^Unpack it/) },
  })
  await expect(readVocDataset(join(folder.path, 'a.csv'))).rejects.toThrow('got a file')
  await folder.fill(devkit)
  const unknown = readVocDataset(folder.path, { split: 'valid' })
  await expect(unknown).rejects.toMatchObject({ code: 'E_SPLIT_MISSING' })
  await expect(unknown).rejects.toThrow('expected one of the splits test, train, got valid')
  await folder.fill({ 'ImageSets/Main/val.txt': '\n' })
  const none = readVocDataset(folder.path, { split: 'val' })
  await expect(none).rejects.toMatchObject({
    code: 'E_NO_IMAGES',
    remedy: 'The split val is empty. Choose another: test, train.',
  })
})

const shared = join(import.meta.dirname, '../../../../shared/data')
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
