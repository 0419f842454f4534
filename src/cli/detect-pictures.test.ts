import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { countDetections, describeDetection } from './detect-pictures.ts'
import { createNamer, findPictures } from './find-pictures.ts'

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

it('pictures of one name from two folders do not overwrite each other', () => {
  const nameOf = createNamer('.png')
  expect(['a/1.jpg', 'b/1.jpg', '1.webp', 'b/2.jpg'].map(nameOf)).toEqual([
    '1.png',
    '1-2.png',
    '1-3.png',
    '2.png',
  ])
})
