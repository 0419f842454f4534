import { describe, expect, it } from 'vitest'
import { EMPTY_MANIFEST, readManifest } from './manifest.ts'

const object = { className: 'cell', box: [1, 2, 3, 4] }
const picture = { file: 'pictures/01.jpg', width: 30, height: 20, objects: [object] }
const whole = { ...EMPTY_MANIFEST, model: 'model.safetensors', pictures: [picture] }

describe('the manifest', () => {
  it('is read as it was written', () => {
    expect(readManifest(JSON.parse(JSON.stringify(whole)))).toEqual(whole)
  })

  it('of another version says what to do', () => {
    expect(() => readManifest({ ...whole, version: 2 })).toThrow(
      /is of version 2; this page reads version 1.*Make both again with one release/,
    )
  })

  it.each([
    [{ ...whole, model: 'https://example.org/x' }, 'model should be a file beside it'],
    [{ ...whole, model: '../x' }, 'model should be a file beside it'],
    [{ ...whole, pictures: 'none' }, 'pictures should be a list'],
    [{ ...whole, pictures: [{ ...picture, width: '30' }] }, 'pictures[0].width should be a number'],
    [
      { ...whole, pictures: [{ ...picture, objects: [{ ...object, box: [1, 2, 3] }] }] },
      'pictures[0].objects[0].box should be four numbers',
    ],
  ])('names what cannot be used', (value, message) => {
    expect(() => readManifest(value)).toThrow(message)
  })
})
