import { existsSync } from 'node:fs'
import { cp, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DataSummary } from '../../src/dataset/summary.ts'
import { evaluate, loadModel, train } from '../../src/index.ts'
import { readVocDataset } from '../../src/node/data/read-voc.ts'
import type { TrainEvent } from '../../src/node/events.ts'
import { lines, singleshotIn } from './run-command.ts'
import { annotationXml, quickly, relabel, temporaryFolder, writeSmallSet } from './sets.ts'

const folder = await temporaryFolder()
const set = await writeSmallSet(join(folder, 'set'))

describe('a few bad files among good ones', () => {
  it('are told, counted and left out of training and evaluation, which go on', async () => {
    const copy = join(folder, 'few')
    await cp(set, copy, { recursive: true })
    const { examples } = await readVocDataset(set, { split: 'trainval' })
    const [cut, broken, flat] = examples.map((one) => one.id)
    await truncate(join(copy, 'JPEGImages', `${cut}.png`), 900)
    await relabel(copy, broken!, 'no XML')
    const boxes: Parameters<typeof annotationXml>[1] = [
      ['circle', 9, 9, 9, 9],
      ['circle', 5, 5, 40, 40],
    ]
    await relabel(copy, flat!, annotationXml(`${flat}.png`, boxes))
    const told: string[] = []
    const left = { images: 2, objects: 1 }
    const problems = { E_XML: 1, E_BOX_EMPTY: 1, E_IMAGE_UNREADABLE: 1 }
    const summaries: DataSummary[] = []
    const onEvent = (event: TrainEvent) => {
      if (event.type === 'problem') told.push(event.problem.code)
      if (event.type === 'data') summaries.push(event.data)
    }
    const out = join(folder, 'few-run')
    await train(quickly(copy, out, { epochs: 1, onEvent }))
    expect(summaries).toHaveLength(1)
    expect(summaries[0]).toMatchObject({
      images: examples.length - 2,
      leftOut: left,
      problems,
      split: { name: 'trainval', asked: true },
    })
    expect(told.toSorted()).toEqual(Object.keys(problems).toSorted())
    const model = await loadModel(out, { threads: 1 })
    const report = await evaluate(model, { data: copy, split: 'trainval' })
    expect(report.images).toBe(examples.length - 2)
    expect(report.data).toMatchObject({ images: report.images, leftOut: left, problems })
    const strictly = evaluate(model, { data: copy, split: 'trainval', strict: true })
    await expect(strictly).rejects.toThrow('got 2 (1 E_XML, 1 E_BOX_EMPTY)')
    await model.close()
  })

  it('are told by the command in sentences and as JSON, or all at once with --strict', async () => {
    const copy = join(folder, 'few')
    const args = ['train', '--data', copy, '--epochs', '1', '--input', '96x64', '--threads', '1']
    const singleshot = singleshotIn(folder)
    const trained = await singleshot([...args, '--out', 'few-told', '--json'])
    expect(trained.code).toBe(0)
    expect(trained.stderr).toMatch(/^left out: E_XML .*\n {2}Open the named file/m)
    expect(trained.stderr).toMatch(/^left out: E_BOX_EMPTY .*object 1 circle\)$/m)
    expect(trained.stderr).toMatch(/^Left out: 2 pictures and 1 object \(1 \w+, 1 \w+, 1 \w+\)\.$/m)
    expect(JSON.parse(lines(trained.stdout)[0]!).data.leftOut).toEqual({ images: 2, objects: 1 })
    const refused = await singleshot([...args, '--out', 'few-refused', '--strict'])
    expect(refused.code).toBe(65)
    expect(refused.stderr).toMatch(/^wrong: E_XML /m)
    expect(refused.stderr).toMatch(
      /error E_XML: .*got 3 \(1 E_XML, 1 E_BOX_EMPTY, 1 E_IMAGE_UNREADABLE\)/,
    )
    expect(existsSync(join(folder, 'few-refused'))).toBe(false)
  })
})
