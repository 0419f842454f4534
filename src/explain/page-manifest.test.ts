import { describe, expect, it } from 'vitest'
import { EMPTY_MANIFEST, readPageManifest } from './page-manifest.ts'

const object = { className: 'cell', box: [1, 2, 3, 4], difficult: true }
const picture = { file: 'pictures/01.jpg', width: 30, height: 20, objects: [object] }
const line = { epoch: 1, step: 8, classLoss: 2, offsetLoss: 1, mAP50: null }
const whole = {
  ...EMPTY_MANIFEST,
  model: 'model.safetensors',
  metrics: [line],
  pictures: [picture],
}

describe('the manifest of a page', () => {
  it('is read as it was written', () => {
    expect(readPageManifest(JSON.parse(JSON.stringify(whole)))).toEqual(whole)
  })

  it('of a former release, which left out what was not known, is read too', () => {
    const { difficult: _, ...bare } = object
    const { mAP50: __, ...unjudged } = line
    const former = { ...whole, metrics: [unjudged], pictures: [{ ...picture, objects: [bare] }] }
    const { metrics, pictures } = readPageManifest(former)
    expect(metrics).toEqual([line])
    expect(pictures[0]!.objects[0]!.difficult).toBe(false)
  })

  it('of another version says what to do', () => {
    expect(() => readPageManifest({ ...whole, version: 2 })).toThrow(
      expect.objectContaining({
        code: 'E_MANIFEST',
        message: 'data/manifest.json: expected version 1, which this page reads, got 2',
        remedy: expect.stringContaining('with one release'),
      }),
    )
  })

  it.each([
    [{ ...whole, model: 'https://example.org/x' }, 'model: expected a file beside it'],
    [{ ...whole, model: '../x' }, 'model: expected a file beside it'],
    [{ ...whole, model: 'a/../../x' }, 'model: expected a file beside it'],
    [{ ...whole, pictures: 'none' }, 'pictures: expected a list'],
    [
      { ...whole, pictures: [{ ...picture, width: '30' }] },
      'pictures.0.width: expected a whole number of at least 1, got "30"',
    ],
    [
      { ...whole, pictures: [{ ...picture, objects: [{ ...object, box: [1, 2, 3] }] }] },
      'pictures.0.objects.0.box',
    ],
  ])('names what cannot be used', (value, message) => {
    expect(() => readPageManifest(value)).toThrow(message)
  })
})
