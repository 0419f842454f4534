import { mkdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readVocDataset } from '../../src/node/data/read-voc.ts'
import { cat, devkit, folderForEachTest, idsOf, xml } from './voc-folder.ts'

const folder = folderForEachTest()

test('pictures without an annotation are counted', async () => {
  await folder.fill({ ...devkit, 'JPEGImages/d.png': null, 'JPEGImages/e.jpg': 'never read' })
  expect((await readVocDataset(folder.path, { split: 'train' })).unlabelled).toBe(2)
})

describe('a list', () => {
  test('may name files, keep a column or both; a name with spaces stays whole', async () => {
    await folder.fill({
      ...devkit,
      'Annotations/my cat 1.xml': xml('my cat 1.png', cat),
      'JPEGImages/my cat 1.png': null,
      'ImageSets/Main/odd.txt': 'a.png\nb  1\nc.png -1\nmy cat 1\na\n',
    })
    expect(idsOf(await readVocDataset(folder.path, { split: 'odd' }))).toEqual([
      ...['a', 'b', 'c', 'my cat 1'],
    ])
  })

  test('called like one of a class is a split if it has one column', async () => {
    await folder.fill({ ...devkit, 'ImageSets/Main/t1_train.txt': 'b\n' })
    const read = await readVocDataset(folder.path, { split: 't1_train' })
    expect(idsOf(read)).toEqual(['b'])
    expect(read.split?.available).toEqual(['t1_train', 'test', 'train'].sort())
  })

  test('of a class can be used, and is offered where there is no other', async () => {
    await folder.fill(devkit)
    expect(idsOf(await readVocDataset(folder.path, { split: 'cat_train' }))).toEqual(['a', 'c'])
    for (const name of ['train', 'test'])
      await rm(join(folder.path, 'ImageSets/Main', `${name}.txt`))
    expect((await readVocDataset(folder.path)).split?.available).toEqual(['cat_train'])
  })

  test('that cannot be read is an error only for who asks for it', async () => {
    await folder.fill({ ...devkit, 'ImageSets/Main/val.txt/inside': 'a folder called val.txt' })
    expect(idsOf(await readVocDataset(folder.path, { split: 'train' }))).toEqual(['c', 'a'])
    const reading = readVocDataset(folder.path, { split: 'val' })
    await expect(reading).rejects.toMatchObject({ code: 'E_SPLIT_MISSING' })
    await expect(reading).rejects.toThrow(/got a folder \(.*val\.txt\)/)
  })

  test('of the usual splits is taken where none is asked for, else everything', async () => {
    await folder.fill(devkit)
    const usual = ['trainval', 'train']
    const read = await readVocDataset(folder.path, { usual })
    expect(read.split).toMatchObject({ name: 'train', asked: false, drawn: false })
    expect(idsOf(await readVocDataset(folder.path, { usual: ['all'] }))).toEqual(['a', 'b', 'c'])
  })
})

test('folders that are links to another disk are read', async () => {
  await folder.fill({ 'disk/labels/a.xml': xml('a.png', cat), 'disk/pictures/a.png': null })
  await folder.fill({ 'disk/beside/b.xml': xml('b.png', cat), 'disk/beside/b.png': null })
  await mkdir(join(folder.path, 'devkit'))
  await symlink(join(folder.path, 'disk/labels'), join(folder.path, 'devkit/Annotations'))
  await symlink(join(folder.path, 'disk/pictures'), join(folder.path, 'devkit/JPEGImages'))
  await mkdir(join(folder.path, 'folders'))
  await symlink(join(folder.path, 'disk/beside'), join(folder.path, 'folders/train'))
  expect(idsOf(await readVocDataset(join(folder.path, 'devkit')))).toEqual(['a'])
  expect(idsOf(await readVocDataset(join(folder.path, 'folders')))).toEqual(['train/b'])
})

describe('a folder that is nearly the right one', () => {
  const remedyFor = (name: string) =>
    readVocDataset(join(folder.path, name)).then(
      () => 'none',
      ({ remedy }: { remedy: string }) => remedy,
    )

  test('is answered with the right one', async () => {
    const inside = Object.entries(devkit).map(([name, content]) => [`kit/VOC2007/${name}`, content])
    await folder.fill(Object.fromEntries(inside))
    const meant = `Did you mean ${join(folder.path, 'kit', 'VOC2007')}?`
    expect(await remedyFor('kit')).toBe(meant)
    expect(await remedyFor('kit/VOC2007/Annotations')).toBe(meant)
    expect(await remedyFor('kit/VOC2007/JPEGImages')).toContain('the folder above, VOC2007')
  })

  test('or with what was looked for, and what is there', async () => {
    await folder.fill({ 'photos/a.png': null, 'labels/a.json': '{}' })
    await expect(readVocDataset(folder.path)).rejects.toThrow(
      /got neither, only labels\/, photos\/ \(/,
    )
  })
})
