import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { detect, evaluate, loadModel, train } from '../../src/index.ts'
import { readVocDataset } from '../../src/node/data/read-voc.ts'
import { annotationXml, quickly, relabel, temporaryFolder, writeSmallSet } from './sets.ts'

const folder = await temporaryFolder()
const set = await writeSmallSet(join(folder, 'set'))
const run = join(folder, 'run')
await train(quickly(set, run, { epochs: 1 }))
const [{ id, imagePath } = { id: '', imagePath: '' }] = (
  await readVocDataset(set, { split: 'trainval' })
).examples

let copies = 0
/** A copy of the set with something broken in it, and a training that minds. */
async function withBroken(breakIt: (copy: string) => Promise<void>) {
  const copy = join(folder, `broken-${++copies}`)
  await cp(set, copy, { recursive: true })
  await breakIt(copy)
  const out = join(folder, `out-${copies}`)
  const training = train(quickly(copy, out, { epochs: 1, strict: true }))
  return { copy, out, training }
}

const image = (copy: string) => join(copy, 'JPEGImages', `${id}.png`)

/** Checks code and message, and that no half-made run folder pretends to be a model. */
async function expectRefusal(training: Promise<unknown>, code: string, ...parts: string[]) {
  const error = await training.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toMatchObject({ code })
  for (const part of parts) expect((error as Error).message).toContain(part)
}

describe('training data', () => {
  it('a folder that does not exist', async () => {
    await expectRefusal(
      train(quickly(join(folder, 'nowhere'), join(folder, 'x1'))),
      'E_FOLDER_MISSING',
      'nowhere',
    )
    expect(existsSync(join(folder, 'x1'))).toBe(false)
  })

  it('an empty folder', async () => {
    await mkdir(join(folder, 'void'))
    await expectRefusal(
      train(quickly(join(folder, 'void'), join(folder, 'x2'))),
      'E_FOLDER_EMPTY',
      'void',
    )
  })

  it('XML that does not parse', async () => {
    const { training } = await withBroken((copy) =>
      relabel(copy, id, '<annotation><object></annotation>'),
    )
    await expectRefusal(training, 'E_XML', `${id}.xml`)
  })

  it('an image that is missing', async () => {
    const { training } = await withBroken((copy) => rm(image(copy)))
    await expectRefusal(training, 'E_IMAGE_MISSING', id)
  })

  it('an image that is cut short', async () => {
    const { training, out } = await withBroken((copy) => truncate(image(copy), 900))
    await expectRefusal(training, 'E_IMAGE_UNREADABLE', `${id}.png`)
    expect(existsSync(out)).toBe(false)
  })

  it('an image that is none', async () => {
    const { training } = await withBroken((copy) => writeFile(image(copy), 'hello'))
    await expectRefusal(training, 'E_IMAGE_UNREADABLE', `${id}.png`)
  })

  it('an image of zero bytes', async () => {
    const { training } = await withBroken((copy) => writeFile(image(copy), ''))
    await expectRefusal(training, 'E_IMAGE_UNREADABLE', `${id}.png`)
  })

  it('an inverted box', async () => {
    const xml = annotationXml(`${id}.png`, [
      ['circle', 5, 5, 20, 20],
      ['ring', 40, 8, 12, 30],
    ])
    const { training } = await withBroken((copy) => relabel(copy, id, xml))
    await expectRefusal(training, 'E_BOX_ORDER', `${id}.xml`, 'object 2')
  })

  it('a box outside its image', async () => {
    const { training } = await withBroken((copy) =>
      relabel(copy, id, annotationXml(`${id}.png`, [['circle', 80, 5, 120, 40]])),
    )
    await expectRefusal(training, 'E_BOX_OUTSIDE', `${id}.xml`, 'object 1')
  })

  it('no object at all, before anything is made', async () => {
    const copy = join(folder, 'no-objects')
    await cp(set, copy, { recursive: true })
    const { examples } = await readVocDataset(set, { split: 'trainval' })
    for (const one of examples) await relabel(copy, one.id, annotationXml(`${one.id}.png`, []))
    const out = join(folder, 'no-objects-run')
    const training = train(quickly(copy, out, { epochs: 1 }))
    await expectRefusal(training, 'E_NO_OBJECTS', `${examples.length} pictures`, 'trainval')
    expect(existsSync(out)).toBe(false)
  })

  it('no object in the whole folder, and so no class', async () => {
    const copy = join(folder, 'no-classes')
    await cp(set, copy, { recursive: true })
    const { examples } = await readVocDataset(set)
    for (const one of examples) await relabel(copy, one.id, annotationXml(`${one.id}.png`, []))
    const out = join(folder, 'no-classes-run')
    await expectRefusal(train(quickly(copy, out, { epochs: 1 })), 'E_NO_OBJECTS', 'trainval')
    expect(existsSync(out)).toBe(false)
  })

  it('a split that is not there', async () => {
    await expectRefusal(
      train(quickly(set, join(folder, 'x3'), { split: 'tset' })),
      'E_SPLIT_MISSING',
      'trainval',
      'tset',
    )
  })

  it('a split without images', async () => {
    const { training } = await withBroken((copy) =>
      writeFile(join(copy, 'ImageSets', 'Main', 'trainval.txt'), ''),
    )
    await expectRefusal(training, 'E_NO_IMAGES', 'trainval')
  })
})

describe('models and outputs', () => {
  it('an output folder that holds something is left as it is', async () => {
    const before = await readFile(join(run, 'config.json'), 'utf8')
    await expectRefusal(train(quickly(set, run)), 'E_OUTPUT_EXISTS', run)
    expect(await readFile(join(run, 'config.json'), 'utf8')).toBe(before)
  })

  it('a class that the model does not know', async () => {
    const copy = join(folder, 'strange')
    await cp(set, copy, { recursive: true })
    await relabel(copy, id, annotationXml(`${id}.png`, [['zebra', 5, 5, 20, 20]]))
    const model = await loadModel(run, { threads: 1 })
    await expectRefusal(
      evaluate(model, { data: copy, split: 'trainval' }),
      'E_CLASS_UNKNOWN',
      'zebra',
      `${id}.xml`,
    )
    await model.close()
  })

  it('a model file that is cut short', async () => {
    const cut = join(folder, 'cut.safetensors')
    await cp(join(run, 'best.safetensors'), cut)
    await truncate(cut, 50_000)
    await expectRefusal(loadModel(cut), 'E_MODEL_FILE', 'cut.safetensors')
  })

  it('a model file of another kind', async () => {
    await expectRefusal(loadModel(imagePath), 'E_MODEL_FILE', '.png')
  })

  it('a model that is not there, and a run folder without one', async () => {
    await expectRefusal(
      loadModel(join(folder, 'none.safetensors')),
      'E_MODEL_MISSING',
      'none.safetensors',
    )
    await expectRefusal(loadModel(set), 'E_MODEL_MISSING', 'best.safetensors')
  })

  it('a picture to detect in that is missing or damaged', async () => {
    const model = await loadModel(run, { threads: 1 })
    await expectRefusal(detect(model, join(folder, 'no.jpg')), 'E_IMAGE_MISSING', 'no.jpg')
    await expectRefusal(detect(model, new Uint8Array(10)), 'E_IMAGE_UNREADABLE')
    await model.close()
  })

  it('resuming where there is no run', async () => {
    await expectRefusal(train({ resume: join(folder, 'x4') }), 'E_MODEL_MISSING', 'x4')
  })

  it('an impossible number of epochs', async () => {
    await expectRefusal(
      train(quickly(set, join(folder, 'x5'), { epochs: 0 })),
      'E_CONFIG',
      'epochs: expected a number above 0',
    )
  })
})
