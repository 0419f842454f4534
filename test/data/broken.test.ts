import { symlink, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ProblemEvent } from '../../src/dataset/problem-list.ts'
import { createImage } from '../../src/image/image.ts'
import { readVocDataset } from '../../src/node/data/read-voc.ts'
import { writePng } from '../../src/node/picture/write-image.ts'
import { type Corners, cat, devkit, folderForEachTest, idsOf, xml } from './voc-folder.ts'

const folder = folderForEachTest()

test('a box without area, or listed twice, is told and left out alone', async () => {
  await folder.fill({ 'a.xml': xml('a.png', cat, ['dog', [9, 9, 9, 20]], cat), 'a.png': null })
  const heard: string[] = []
  const read = await readVocDataset(folder.path, {
    onEvent: ({ problem }) => heard.push(problem.message),
  })
  expect(read.examples[0]?.objects).toHaveLength(1)
  expect(read.leftOut).toEqual({ images: 0, objects: 2 })
  expect(read.problems.map(({ code }) => code)).toEqual(['E_BOX_EMPTY', 'E_BOX_TWICE'])
  expect(heard).toEqual(read.problems.map(({ message }) => message))
  expect(heard[0]).toMatch(/a\.xml, object 2 dog\)$/)
  expect(heard[1]).toMatch(/got the box of object 1 again \(.*a\.xml, object 3 cat\)$/)
})

test('a picture with several things wrong is left out once, and each is told', async () => {
  const inverted: readonly [string, Corners] = ['cat', [30, 10, 10, 20]]
  await folder.fill({ 'a.xml': xml('a.png', inverted, cat, ['dog', [1, 1, 99, 9]]), 'a.png': null })
  await folder.fill({ 'b.xml': xml('b.png', cat), 'b.png': null })
  const { examples, leftOut, problems } = await readVocDataset(folder.path)
  expect([examples.length, leftOut]).toEqual([1, { images: 1, objects: 0 }])
  expect(problems.map(({ code }) => code)).toEqual(['E_BOX_ORDER', 'E_BOX_OUTSIDE'])
})

const tall = createImage({ width: 48, height: 64 })

describe('a broken example', () => {
  test.each<[string, Record<string, string | null>]>([
    ['E_XML', { 'x.xml': '<annotation><object>', 'x.png': null }],
    ['E_XML', { 'x.xml': '', 'x.png': null }],
    ['E_XML', { 'x.xml/inside.txt': 'a folder called x.xml', 'x.png': null }],
    ['E_IMAGE_MISSING', { 'x.xml': xml('x.png', cat) }],
    ['E_IMAGE_UNREADABLE', { 'x.xml': xml('x.png', cat), 'x.png': 'no picture' }],
    ['E_IMAGE_UNREADABLE', { 'x.xml': xml('x.png', cat), 'x.png': '' }],
    ['E_IMAGE_UNREADABLE', { 'x.xml': xml('x.bmp', cat), 'x.bmp': 'BM\0\0' }],
    ['E_BOX_ORDER', { 'x.xml': xml('x.png', ['cat', [30, 10, 10, 20]]), 'x.png': null }],
    ['E_BOX_OUTSIDE', { 'x.xml': xml('x.png', ['cat', [30, 10, 66, 20]]), 'x.png': null }],
    ['E_BOX_FORMAT', { 'x.xml': xml('x.png', ['cat', [Number.NaN, 1, 2, 3]]), 'x.png': null }],
  ])('is %s if strict, else it is left out, and the others are read: %j', async (code, files) => {
    await folder.fill({ ...files, 'good.xml': xml('good.png', cat), 'good.png': null })
    const strictly = readVocDataset(folder.path, { strict: true })
    await expect(strictly).rejects.toMatchObject({ code })
    await expect(strictly).rejects.toThrow(/[\\/]x\.\w+/)
    const read = await readVocDataset(folder.path)
    expect(idsOf(read)).toEqual(['good'])
    expect(read.problems.map((problem) => problem.code)).toEqual([code])
    expect(read.leftOut).toEqual({ images: 1, objects: 0 })
  })

  test('is a picture of another size than stated', async () => {
    await folder.fill({ 'x.xml': xml('x.png', cat), 'y.xml': xml('y.png', cat), 'y.png': null })
    await writePng(tall, join(folder.path, 'x.png'))
    const { problems } = await readVocDataset(folder.path)
    expect(problems.map(({ code }) => code)).toEqual(['E_IMAGE_SIZE'])
    expect(problems[0]?.message).toContain('got 48 x 64 (the camera turned it')
  })

  test('is an annotation too large to be one, refused before it is read', async () => {
    await folder.fill({
      'x.xml': '<annotation>',
      'x.png': null,
      'y.xml': xml('y.png'),
      'y.png': null,
    })
    await truncate(join(folder.path, 'x.xml'), 5_000_001)
    const { problems } = await readVocDataset(folder.path)
    expect(problems[0]?.message).toContain('of at most 5 MB, got 5000001 bytes')
  })

  test('is a link that leads nowhere, or in a circle', async () => {
    await folder.fill({ 'y.xml': xml('y.png'), 'y.png': null })
    await symlink(join(folder.path, 'nowhere'), join(folder.path, 'w.xml'))
    await symlink(join(folder.path, 'x.xml'), join(folder.path, 'x.xml'))
    const { problems } = await readVocDataset(folder.path)
    expect(problems.map(({ code, parts }) => [code, parts.got])).toEqual([
      ['E_FILE_MISSING', 'nothing there'],
      ['E_XML', 'links that lead in a circle'],
    ])
  })

  test('is a line of a list without an annotation', async () => {
    await folder.fill({ ...devkit, 'ImageSets/Main/train.txt': 'a\nghost\n' })
    const strictly = readVocDataset(folder.path, { split: 'train', strict: true })
    await expect(strictly).rejects.toMatchObject({ code: 'E_ANNOTATION_MISSING' })
    await expect(strictly).rejects.toThrow('ghost')
    expect(idsOf(await readVocDataset(folder.path, { split: 'train' }))).toEqual(['a'])
  })

  test('outside the split is no problem of the split', async () => {
    await folder.fill({ ...devkit, 'Annotations/b.xml': 'broken' })
    const { problems } = await readVocDataset(folder.path, { split: 'train', strict: true })
    expect(problems).toEqual([])
  })
})

test('if strict, all problems are collected before they are one error', async () => {
  for (const name of ['a', 'b', 'c']) await folder.fill({ [`${name}.xml`]: name })
  const heard: string[] = []
  const onEvent = ({ problem }: ProblemEvent) => heard.push(problem.parts.file!)
  const strictly = readVocDataset(folder.path, { strict: true, onEvent })
  await expect(strictly).rejects.toThrow('got 3 (3 E_XML)')
  expect(heard).toEqual(['a.xml', 'b.xml', 'c.xml'].map((name) => join(folder.path, name)))
})

test('classes that are not on the list are an error, strict or not, all of them named', async () => {
  const cow: readonly [string, Corners] = ['cow', [1, 1, 2, 3]]
  await folder.fill({ 'a.xml': xml('a.png', cat, cow, ['ox', [1, 1, 2, 3]]), 'a.png': null })
  await folder.fill({ 'b.xml': xml('b.png', cow), 'b.png': null, 'c.xml': xml('c.png', cat) })
  const reading = readVocDataset(folder.path, { classes: ['cat', 'dog'] })
  await expect(reading).rejects.toMatchObject({ code: 'E_CLASS_UNKNOWN' })
  await expect(reading).rejects.toThrow(
    /expected only the classes cat, dog, got cow \(2\), ox \(1\) \(.*a\.xml, object 2 cow\)/,
  )
})
