import { describe, expect, it } from 'vitest'
import type { ImportResult } from '../node/import-weights.ts'
import { describeImport } from './import.ts'

const detector: ImportResult = {
  model: 'm.safetensors',
  preset: 'ssd300',
  kind: 'detector',
  title: 'a detector',
  published: null,
  under: undefined,
  sha256: '0'.repeat(64),
  classes: ['cat', 'dog'],
  namesFrom: 'given',
  read: 71,
  fresh: 0,
  leftOut: [],
  rescaled: false,
}
const backbone: ImportResult = {
  ...detector,
  kind: 'backbone',
  title: 'a VGG classifier',
  published: 'vgg16',
  read: 26,
  fresh: 45,
}

describe('what an import did', () => {
  it('is told in a sentence, with the next command for a detector', () => {
    expect(describeImport(detector)).toEqual([
      'The file is a detector: 71 tensors read, 0 fresh.',
      'Next: singleshot detect --model m.safetensors IMAGE',
    ])
  })

  it('names a published file, and the training that a backbone is for', () => {
    expect(describeImport({ ...backbone, rescaled: true })).toEqual([
      'The file is a VGG classifier, the published vgg16: 26 tensors read, 45 fresh.',
      'Its first layer was rescaled: it learned on pictures normalised otherwise.',
      'Next: singleshot train --model ssd300 --weights m.safetensors --data DIR --out RUN',
    ])
  })

  it('lists what was left out, by name', () => {
    const leftOut = [{ name: 'features.16.1.bias', expected: [480], got: [960] }]
    expect(describeImport({ ...backbone, leftOut }).slice(1, 3)).toEqual([
      '1 left out, since their shape differs:',
      '  features.16.1.bias [960] instead of [480]',
    ])
  })

  it('asks about the pictures of a backbone that nobody knows', () => {
    expect(describeImport({ ...backbone, published: null })[1]).toMatch(/were its pictures norm/)
  })

  it.each([
    ['coco', '; as many as COCO has columns'],
    ['voc', '; as many as Pascal VOC has'],
    ['numbered', ': they are called class 1 to class 2. Name them with --classes.'],
  ] as const)('says aloud when the names were only taken to be those of %s', (namesFrom, part) => {
    expect(describeImport({ ...detector, namesFrom })[1]).toContain(
      `The file knows 2 classes and does not name them${part}`,
    )
  })
})
