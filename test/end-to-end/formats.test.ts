/** @file Labels in another format all the way: converted, examined, measured, trained on, judged, explained. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandIn } from './run-command.ts'

let folder = ''
const at = (...parts: string[]) => join(folder, ...parts)
const command = (args: readonly string[]) => commandIn(folder)(args)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'singleshot-formats-'))
  await command([
    'shapes',
    '--out',
    at('voc'),
    '--scenes',
    '20',
    '--size',
    '96x64',
    '--smallest',
    '12',
  ])
}, 30_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('labels in COCO JSON', () => {
  it('are made of VOC, and say the same', async () => {
    const { code, stdout } = await command([
      'convert',
      '--from',
      at('voc'),
      '--to',
      'coco',
      '--out',
      at('coco'),
      '--json',
    ])
    expect(code).toBe(0)
    const result = JSON.parse(stdout)
    expect(result).toMatchObject({ from: 'voc', to: 'coco', pictures: 20, lost: {} })
    const json = JSON.parse(
      await readFile(at('coco', 'annotations', 'instances_test.json'), 'utf8'),
    )
    expect(json.images).toHaveLength(4)
    const again = await command([
      'convert',
      '--from',
      at('voc'),
      '--to',
      'coco',
      '--out',
      at('coco'),
    ])
    expect([again.code, again.stderr]).toEqual([73, expect.stringContaining('E_OUTPUT_EXISTS')])
  })

  it('are examined without a finding that is wrong, and nothing is changed', async () => {
    const { code, stdout } = await command(['doctor', '--data', at('coco'), '--json'])
    expect(code).toBe(0)
    const { format, pictures, findings } = JSON.parse(stdout)
    expect([format, pictures]).toEqual(['coco', 20])
    const wrong =
      /^(box-(empty|inverted|outside|format|twice)|picture-(unreadable|missing|size)|labels-unreadable)$/
    expect(findings.filter((one: { code: string }) => wrong.test(one.code))).toEqual([])
    expect((await readdir(at('coco'))).toSorted()).toEqual(['annotations', 'images'])
    const page = await command(['doctor', '--data', at('coco'), '--out', at('doctor.html')])
    const html = await readFile(at('doctor.html'), 'utf8')
    expect([page.code, html.match(/<img /g)!.length >= 20]).toEqual([0, true])
    // Nothing is fetched, and nothing runs.
    expect(html).not.toMatch(/<script|src="http|href=/)
  })

  it('are measured against anchors, trained on with anchors that fit, judged and explained', async () => {
    const measured = await command([
      'anchors',
      '--data',
      at('coco'),
      '--fit',
      at('fit.json'),
      '--json',
    ])
    const { coverage, fitted } = JSON.parse(measured.stdout)
    expect(fitted.coverage.all.reached).toBeGreaterThanOrEqual(coverage.all.reached)
    expect(fitted.coverage.anchors).toBe(coverage.anchors)
    const common = [
      '--data',
      at('coco'),
      '--input',
      '96x64',
      '--batch',
      '4',
      '--epochs',
      '1',
      '--threads',
      '1',
    ]
    const trained = await command(['train', ...common, '--out', at('run'), '--anchors', 'fit'])
    expect([trained.code, trained.stderr]).toEqual([
      0,
      expect.stringContaining('Labels: COCO JSON'),
    ])
    const judged = await command(['eval', '--model', at('run'), '--data', at('coco'), '--json'])
    expect(JSON.parse(judged.stdout).data).toMatchObject({ images: 4, labels: { format: 'coco' } })
    const [picture] = await readdir(at('coco', 'images', 'test'))
    const path = at('coco', 'images', 'test', picture!)
    const why = await command(['why', '--model', at('run'), '--data', at('coco'), path])
    expect([why.code, why.stderr]).toEqual([0, expect.stringContaining('objects in')])
  }, 60_000)

  it('beside others that differ are an error that names both, until one is named', async () => {
    await command([
      'convert',
      '--from',
      at('voc'),
      '--to',
      'labelme',
      '--out',
      at('two'),
      '--split',
      'test',
    ])
    const json = JSON.parse(
      await readFile(at('coco', 'annotations', 'instances_test.json'), 'utf8'),
    )
    json.annotations = json.annotations.slice(1)
    await writeFile(at('two', 'coco.json'), JSON.stringify(json))
    const { code, stderr } = await command(['anchors', '--data', at('two')])
    expect(code).toBe(65)
    expect(stderr).toContain('E_FORMAT')
    expect(stderr).toContain('--format coco or labelme')
    const named = await command(['anchors', '--data', at('two'), '--format', 'labelme'])
    expect(named.code).toBe(0)
  })

  it('may hold crowds, which count neither way: less is called wrong, and nothing else changes', async () => {
    const file = at('coco', 'annotations', 'instances_train.json')
    const labels = JSON.parse(await readFile(file, 'utf8'))
    const crowdOf = ({ id, width, height }: { id: number; width: number; height: number }) => ({
      ...{ id: 10_000 + id, image_id: id, category_id: labels.categories[0].id, iscrowd: 1 },
      ...{ bbox: [0, 0, width, height], area: width * height },
    })
    const train = async (out: string, ...more: string[]) => {
      const { code, stderr } = await command([
        ...['train', '--data', at('coco'), '--split', 'train', '--input', '96x64'],
        ...['--epochs', '1', '--batch', '4', '--threads', '1', '--out', at(out), ...more],
      ])
      expect(code, stderr).toBe(0)
      const [first] = (await readFile(at(out, 'metrics.jsonl'), 'utf8')).trim().split('\n')
      return { stderr, metrics: JSON.parse(first!) }
    }
    const plain = await train('plain')
    const annotations = [...labels.annotations, ...labels.images.map(crowdOf)]
    await writeFile(file, JSON.stringify({ ...labels, annotations }))
    const found = await train('crowds')
    expect(found.stderr).toContain('14 crowds not trained on; what is found there counts neither')
    expect(found.metrics.positives).toBe(plain.metrics.positives)
    expect(found.metrics.classLoss).toBeLessThan(plain.metrics.classLoss)
    expect((await train('parts', '--accumulate', '2')).metrics.classLoss).toBeGreaterThan(0)
  }, 60_000)
})
