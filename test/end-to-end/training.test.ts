import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { detect, loadModel, train } from '../../src/index.ts'
import { readVocDataset } from '../../src/node/data/read-voc.ts'
import { readModelFile } from '../../src/node/model.ts'
import { readMetrics } from '../../src/node/run/metrics.ts'
import { annotationXml, quickly, relabel, temporaryFolder, writeSmallSet } from './sets.ts'

const folder = await temporaryFolder()
const set = await writeSmallSet(join(folder, 'set'))
const metrics = (run: string) => readFile(join(folder, run, 'metrics.jsonl'), 'utf8')

describe('train', () => {
  it('leaves a run folder: config, metrics, two models, snapshots, curves, summary', async () => {
    await train(quickly(set, join(folder, 'files')))
    expect((await readdir(join(folder, 'files'))).toSorted()).toEqual([
      'best.safetensors',
      'config.json',
      'curves.svg',
      'last.safetensors',
      'metrics.jsonl',
      'snapshots',
      'summary.json',
      'timing.json',
    ])
  })

  it('gives byte-identical metrics for the same seed, and others for another seed', async () => {
    await train(quickly(set, join(folder, 'a')))
    await train(quickly(set, join(folder, 'b')))
    await train(quickly(set, join(folder, 'c'), { settings: { batch: 4, seed: 2 } }))
    expect(await metrics('a')).toBe(await metrics('b'))
    expect(await metrics('c')).not.toBe(await metrics('a'))
  })

  it('measures on a validation split, and the first best score decides which weights are kept', async () => {
    const run = join(folder, 'validated')
    const result = await train(quickly(set, run, { split: 'train', validate: 'val', epochs: 4 }))
    const measured = (await readMetrics(run)).filter(({ mAP50 }) => mAP50 !== null)
    expect(measured).toHaveLength(4)
    const best = Math.max(...measured.map(({ mAP50 }) => mAP50!))
    expect(result.mAP50).toBe(best)
    const { notes } = await readModelFile(join(run, 'best.safetensors'))
    expect(notes).toMatchObject({ step: measured.find(({ mAP50 }) => mAP50 === best)?.step })
  })

  it('starts from given weights: the first loss is lower than from fresh ones', async () => {
    await train(quickly(set, join(folder, 'longer'), { epochs: 12 }))
    await train(quickly(set, join(folder, 'tuned'), { weights: join(folder, 'longer') }))
    const firstLoss = async (run: string) =>
      JSON.parse((await metrics(run)).split('\n')[0]!).classLoss
    expect(await firstLoss('tuned')).toBeLessThan(await firstLoss('a'))
  })

  it('learns from pictures without objects: no NaN, and fewer claims than before', async () => {
    const empty = await writeSmallSet(join(folder, 'empty'), 8)
    const { examples } = await readVocDataset(empty)
    for (const { id } of examples) await relabel(empty, id, annotationXml(`${id}.png`, []))
    // One object there must be; it stands on the last picture to train on.
    const { examples: trained } = await readVocDataset(empty, { split: 'trainval' })
    const { id: labelled } = trained.at(-1)!
    await relabel(empty, labelled, annotationXml(`${labelled}.png`, [['circle', 5, 5, 60, 50]]))
    const claims = async (run: string) => {
      const model = await loadModel(join(folder, run), { threads: 1 })
      const found = await detect(model, examples[0]!.imagePath, { scoreThreshold: 0.02 })
      await model.close()
      return found.reduce((sum, { score }) => sum + score, 0)
    }
    await train(quickly(empty, join(folder, 'short'), { epochs: 0.1 }))
    await train(quickly(empty, join(folder, 'long'), { epochs: 15 }))
    const losses = (await metrics('long'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(
      losses.every(({ classLoss, offsetLoss }) => Number.isFinite(classLoss + offsetLoss)),
    ).toBe(true)
    expect(losses.at(-1).classLoss).toBeLessThan(losses[0].classLoss)
    expect(await claims('long')).toBeLessThan(await claims('short'))
  })
})
