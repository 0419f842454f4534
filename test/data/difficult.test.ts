import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { summariseData } from '../../src/dataset/summary.ts'
import { describeData } from '../../src/dataset/summary-text.ts'
import { evaluate, loadModel, writeShapes } from '../../src/index.ts'
import { openTrainingSplit } from '../../src/node/data/training-data.ts'
import { cat, folderForEachTest, xml } from './voc-folder.ts'

const SHIPPED = fileURLToPath(new URL('../../site/public/data/model.safetensors', import.meta.url))
const folder = folderForEachTest()

/** One easy cat and one that is hard to see. */
const HARD: readonly [string, readonly [number, number, number, number]] = ['cat', [40, 12, 60, 40]]
const withHard = () =>
  folder.fill({
    'a.xml': xml('a.png', cat, HARD).replace(
      /(<object>)(?!.*<object>)/,
      '$1<difficult>1</difficult>',
    ),
    'a.png': null,
  })

test('objects marked difficult are learned from, as in the paper, and that is said', async () => {
  await withHard()
  const { dataset } = await openTrainingSplit({ data: folder.path, split: undefined })
  expect(dataset.examples[0]!.objects.map(({ difficult }) => difficult)).toEqual([false, true])
  expect(dataset.examples[0]!.crowds).toBeUndefined()
  expect(describeData(summariseData(dataset))).toContain(
    '1 object marked difficult: learned from, as in the paper (--difficult ignore asks nothing there).',
  )
})

test('ignored, they are no objects, and nothing is asked where they are', async () => {
  await withHard()
  const request = { data: folder.path, split: undefined, difficult: 'ignore' } as const
  const { dataset } = await openTrainingSplit(request)
  const [example] = dataset.examples
  expect(example!.objects).toHaveLength(1)
  expect(example!.crowds).toEqual([{ x1: 40, y1: 12, x2: 60, y2: 40 }])
  expect(describeData(summariseData(dataset))).toContain(
    '1 object marked difficult: not trained on; what is found there counts neither way.',
  )
})

test('without any such object nothing is said', async () => {
  await folder.fill({ 'a.xml': xml('a.png', cat), 'a.png': null })
  const { dataset } = await openTrainingSplit({ data: folder.path, split: undefined })
  expect(dataset.notes).toBeUndefined()
})

test('judged, they count neither way, unless they are to count', async () => {
  const data = join(folder.path, 'scenes')
  await writeShapes(data, { scenes: 10, seed: 3 })
  const listed = await readdir(join(data, 'Annotations'))
  for (const name of listed) {
    const file = join(data, 'Annotations', name)
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(/<difficult>0/, '<difficult>1'))
  }
  await using model = await loadModel(SHIPPED)
  const objectsIn = (report: { readonly objects: number }) => report.objects
  const usual = await evaluate(model, { data, split: 'trainval' })
  const ignored = await evaluate(model, { data, split: 'trainval', difficult: 'ignore' })
  const counted = await evaluate(model, { data, split: 'trainval', difficult: 'count' })
  expect(objectsIn(usual)).toBe(objectsIn(ignored))
  expect(objectsIn(counted)).toBeGreaterThan(objectsIn(usual))
  expect(objectsIn(counted)).toBe(counted.data.objects)
})
