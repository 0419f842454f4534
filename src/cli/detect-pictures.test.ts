import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { array, assert, constantFrom, property, tuple } from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { findPictures } from '../node/picture/find-pictures.ts'
import { countDetections, describeDetection, unreadText } from './detect-pictures.ts'
import { nameDrawings, planSaving } from './save-pictures.ts'

const folder = await mkdtemp(join(tmpdir(), 'singleshot-find-'))
afterAll(() => rm(folder, { recursive: true }))

const detection = (className: string) => ({
  className,
  classId: 0,
  score: 0.98765,
  box: { x1: 1, y1: 2.25, x2: 30, y2: 40.04 },
})

it('a detection is a row: class, score, left, top, right, bottom', () => {
  expect(describeDetection(detection('ring'))).toEqual([
    'ring',
    '0.988',
    '1.0',
    '2.3',
    '30.0',
    '40.0',
  ])
})

it('detections are counted by class', () => {
  expect(countDetections(['cat', 'dog', 'cat'].map(detection))).toBe('2 cat, 1 dog')
  expect(countDetections([])).toBe('nothing')
})

it('a folder stands for the pictures in it, in order of name; other files are passed over', async () => {
  for (const name of ['b.JPG', 'a.png', 'notes.txt']) await writeFile(join(folder, name), '')
  expect(await findPictures([folder, 'single.jpg'])).toEqual([
    join(folder, 'a.png'),
    join(folder, 'b.JPG'),
    'single.jpg',
  ])
})

it('a folder without pictures is an error, not silence', async () => {
  await mkdir(join(folder, 'bare'))
  await expect(findPictures([join(folder, 'bare')])).rejects.toMatchObject({
    code: 'E_IMAGE_MISSING',
  })
})

it('a folder whose pictures lie deeper says so, or takes them when told to', async () => {
  const top = join(folder, 'top')
  await mkdir(join(top, 'b', 'c'), { recursive: true })
  await mkdir(join(top, 'a'))
  for (const name of ['b/c/1.png', 'a/2.png']) await writeFile(join(top, name), '')
  await expect(findPictures([top])).rejects.toMatchObject({
    code: 'E_IMAGE_MISSING',
    message: expect.stringContaining('got pictures in its subfolders only'),
    remedy: expect.stringContaining('--recursive'),
  })
  const all = [join(top, 'a/2.png'), join(top, 'b/c/1.png')]
  expect(await findPictures([top], { recursive: true })).toEqual(all)
  await symlink(top, join(top, 'a', 'round'))
  expect(await findPictures([top], { recursive: true })).toEqual(all)
})

it('what a folder holds beside its pictures is told: subfolders with more, pictures of other kinds', async () => {
  const mixed = join(folder, 'mixed')
  await mkdir(join(mixed, 'more'), { recursive: true })
  for (const name of ['1.png', '2.HEIC', 'more/3.png']) await writeFile(join(mixed, name), '')
  const told: string[] = []
  const onMessage = (message: string) => told.push(message)
  expect(await findPictures([mixed], { onMessage })).toEqual([join(mixed, '1.png')])
  expect(told).toEqual([
    expect.stringContaining('its subfolders hold pictures too; --recursive takes them.'),
    expect.stringMatching(/1 file passed over, of kinds that are not read: .*2\.HEIC$/),
  ])
})

it('the last sentence counts and names the pictures that could not be read', () => {
  expect(unreadText(['a.jpg'], 1)).toBe('1 of 1 picture could not be read: a.jpg')
  const many = ['1', '2', '3', '4', '5', '6', '7']
  expect(unreadText(many, 600)).toBe(
    '7 of 600 pictures could not be read: 1, 2, 3, 4, 5, and 2 more',
  )
})

it('pictures of one name are told apart by their folders, then by a number', () => {
  expect(nameDrawings(['cam1/a.jpg', 'cam2/A.jpg', 'cam1/b.jpg'])).toEqual([
    'cam1-a.png',
    'cam2-A.png',
    'b.png',
  ])
  expect(nameDrawings(['x/1.jpg', 'x/1.png', 'x/1.webp', 'x-1-2.jpg'])).toEqual([
    'x-1.png',
    'x-1-3.png',
    'x-1-4.png',
    'x-1-2.png',
  ])
})

it('no two pictures ever share a name, on any disk', () => {
  const word = constantFrom('a', 'A', 'b', 'a-a', 'a-a-2', 'é', 'e\u0301')
  const path = tuple(word, word, constantFrom('.jpg', '.png')).map(
    ([dir, stem, end]) => `${dir}/${stem}${end}`,
  )
  assert(
    property(array(path), (paths) => {
      const names = nameDrawings(paths).map((name) => name.normalize('NFC').toLowerCase())
      expect(new Set(names).size).toBe(paths.length)
    }),
  )
  expect.hasAssertions()
})

it('a folder that holds a file of such a name is refused before anything is drawn', async () => {
  const out = join(folder, 'out')
  expect(await planSaving(out, ['a.jpg', 'b.jpg'])).toEqual([
    join(out, 'a.png'),
    join(out, 'b.png'),
  ])
  await writeFile(join(out, 'b.png'), 'mine')
  await expect(planSaving(out, ['a.jpg', 'b.jpg'])).rejects.toMatchObject({
    code: 'E_OUTPUT_EXISTS',
    message: expect.stringContaining('got 1 such file, e.g. b.png'),
  })
  await expect(planSaving(join(out, 'b.png'), ['a.jpg'])).rejects.toMatchObject({ code: 'E_WRITE' })
})
