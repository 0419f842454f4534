import { expect, test } from 'vitest'
import { applyConfig, configFileJsonSchema } from './config-file.ts'
import { describePreset, PRESET_NAMES } from './presets.ts'
import { withSettings } from './train.ts'
import { TRAIN_DEFAULTS } from './train-defaults.ts'

const base = { model: describePreset('ssdlite320', ['cat', 'dog']), train: TRAIN_DEFAULTS }
const apply = (patch: unknown) => applyConfig(base, patch, 'mine.json')

test('what a config file does not name stays as the preset has it', () => {
  expect(apply({})).toEqual(base)
  const { model, train } = apply({
    model: { match: { matchIouThreshold: 0.4 } },
    train: { seed: 7 },
  })
  expect(model).toEqual({ ...base.model, match: { matchIouThreshold: 0.4, matcher: 'bipartite' } })
  expect(train).toEqual({ ...TRAIN_DEFAULTS, seed: 7 })
})

test('an optimiser that a config file names brings its own learning rate and weight decay', () => {
  const { train } = apply({ train: { optimiser: 'adamw', weightDecay: 0.1 } })
  expect(train).toEqual({
    ...TRAIN_DEFAULTS,
    optimiser: 'adamw',
    learningRate: 0.001,
    weightDecay: 0.1,
  })
  expect(apply({ train: { optimiser: 'sgd' } })).toEqual(base)
})

test('settings over a config file that names another optimiser bring theirs', () => {
  const { train } = apply({ train: { optimiser: 'adamw', seed: 7 } })
  expect(withSettings(train, { optimiser: 'sgd' })).toEqual({ ...TRAIN_DEFAULTS, seed: 7 })
  expect(withSettings(train, { learningRate: 0.002 })).toEqual({ ...train, learningRate: 0.002 })
})

test('lists are replaced whole, and so is a part of another name', () => {
  const { model } = apply({
    model: {
      network: { extras: [256] },
      featureMaps: base.model.featureMaps.slice(0, 3),
      loss: { classLoss: { name: 'focal', alpha: 0.25, gamma: 2 } },
    },
  })
  expect(model.network).toEqual({ name: 'mobilenet-v3-large', extras: [256] })
  expect(model.loss.classLoss).toEqual({ name: 'focal', alpha: 0.25, gamma: 2 })
})

test('every class loss, offset loss, box coder and matcher may stand together', () => {
  const classLosses = [
    { name: 'softmax', negativesPerPositive: 3, minimumNegatives: 16 },
    { name: 'binary' },
    { name: 'focal', alpha: 0.25, gamma: 2 },
  ]
  const offsetLosses = [{ name: 'smooth-l1', beta: 1 }, { name: 'l1' }, { name: 'giou' }]
  const coders = [{ name: 'tanh' }, { name: 'log', offsetScale: [0.1, 0.1, 0.2, 0.2] }]
  for (const classLoss of classLosses)
    for (const offsetLoss of offsetLosses)
      for (const boxCoder of coders) {
        const { model } = apply({ model: { loss: { classLoss, offsetLoss }, boxCoder } })
        expect(model).toMatchObject({ loss: { classLoss, offsetLoss }, boxCoder })
      }
})

test.each([
  [
    { model: { match: { matcer: 1 } } },
    'model.match.matcer: there is no such setting; did you mean matcher?',
  ],
  [
    { model: { input: { depth: 3 } } },
    'model.input.depth: there is no such setting; there are width, height',
  ],
  [{ trian: {} }, 'trian: there is no such setting; did you mean train?'],
  [{ train: { bacth: 2 } }, 'train.bacth: there is no such setting; did you mean batch?'],
  [
    { model: { match: { matchIouThreshold: 2 } } },
    'model.match.matchIouThreshold: expected a number above 0 and at most 1, got 2',
  ],
  [{ model: { match: { matchIouThreshold: 0 } } }, 'above 0 and at most 1, got 0'],
  [{ train: { optimiser: 'adam' } }, 'train.optimiser: expected one of sgd, adamw, got "adam"'],
  [{ train: { batch: 1.5 } }, 'train.batch: expected a whole number from 1 to 1024, got 1.5'],
  [{ train: { batch: '3' } }, 'train.batch: expected a whole number from 1 to 1024, got "3"'],
  [{ train: { learningRate: Infinity } }, 'above 0 and at most 1000, got Infinity'],
  [
    { train: { batch: 1000 } },
    'train.batch: expected at most 655 images per step of 320x320 pixels',
  ],
  [
    { model: { loss: { classLoss: { name: 'hinge' } } } },
    'model.loss.classLoss.name: expected one of softmax, binary, focal, got "hinge"',
  ],
  [
    { model: { featureMaps: [{ stride: 8, sizes: [20], aspectRatio: [1] }] } },
    'model.featureMaps.0.aspectRatios: expected a list of 1 to 64 entries, got nothing; ' +
      'model.featureMaps.0.aspectRatio: there is no such setting; did you mean aspectRatios?',
  ],
  [{ model: { classes: ['x'] } }, 'expected no model.classes'],
  [{ model: null }, 'model: expected an object, got null'],
  [[], 'expected an object with "model" or "train"'],
])('%j is refused, naming the place, what is allowed there and the file', (patch, message) => {
  expect(() => apply(patch)).toThrow(
    expect.objectContaining({ code: 'E_CONFIG', message: expect.stringContaining(message) }),
  )
  expect(() => apply(patch)).toThrow('(mine.json)')
})

test('every wrong place is named in one message, and only the value at each', () => {
  const patch = {
    model: { detect: { scoreThreshold: 2 }, input: { width: 1e6 } },
    train: { bacth: 2, momentum: '0.9' },
  }
  expect(() => apply(patch)).toThrow(
    'config: model.input.width: expected a whole number from 1 to 2048, got 1000000; ' +
      'model.detect.scoreThreshold: expected a number from 0 to 1, got 2; ' +
      'train.momentum: expected a number from 0 to 1, got "0.9"; ' +
      'train.bacth: there is no such setting; did you mean batch? (mine.json)',
  )
})

test('a key that is called __proto__ changes nothing but is refused', () => {
  expect(() => apply(JSON.parse('{"model":{"__proto__":{"match":1}}}'))).toThrow(
    /model.__proto__: there is no such setting/,
  )
})

test('every preset keeps to the schema that config files are checked with', () => {
  for (const name of PRESET_NAMES) {
    const model = describePreset(name, ['cat'], [{ width: 40, height: 30 }])
    expect(applyConfig({ model, train: TRAIN_DEFAULTS }, {}, 'none').model).toEqual(model)
  }
})

test('the published JSON Schema lets every part be missing and nothing else be there', async () => {
  const schema = `${JSON.stringify(configFileJsonSchema(), null, 2)}\n`
  await expect(schema).toMatchFileSnapshot('../../docs/config.schema.json') // npx vitest -u writes it
  expect(schema).not.toContain('"required"')
  expect(schema).toContain('"additionalProperties": false')
  expect(schema).toContain('matchIouThreshold')
})
