import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generateShapes } from '../../dataset/shapes.ts'
import { readImage } from '../picture/read-image.ts'
import { readVocDataset } from './read-voc.ts'
import { writeShapes } from './write-shapes.ts'

test('what is written is read back: pictures, objects, class ids and splits', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'singleshot-shapes-'))
  try {
    const scene = { size: { width: 96, height: 64 }, emptyShare: 0, crowdedShare: 1 } as const
    await writeShapes(folder, { scenes: 10, seed: 3, scene, format: 'png' })
    const { dataset, images } = generateShapes({ scenes: 10, seed: 3, scene })
    const read = await readVocDataset(folder)
    expect(read.classes).toEqual(dataset.classes)
    expect(read.problems).toEqual([])
    for (const [i, example] of read.examples.entries()) {
      expect(example.objects).toEqual(dataset.examples[i]!.objects)
      expect(await readImage(example.imagePath)).toEqual(images[i])
    }
    expect((await readVocDataset(folder, { split: 'trainval' })).examples).toHaveLength(8)
    expect((await readVocDataset(folder, { split: 'test' })).examples).toHaveLength(2)
  } finally {
    await rm(folder, { recursive: true })
  }
})
