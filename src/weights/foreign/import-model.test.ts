import { describe, expect, it } from 'vitest'
import { PRESETS, type PresetName } from '../../config/presets.ts'
import { elementCount, input, type Shape } from '../../graph/tensor.ts'
import { initialWeights, Scope } from '../../network/scope.ts'
import { ssd } from '../../network/ssd.ts'
import type { StoredTensor } from '../safetensors/safetensors.ts'
import { importModel } from './import-model.ts'
import { findNameMap, theirName } from './name-maps.ts'

/** The names and shapes of a preset's tensors. */
function build(preset: PresetName, classes: readonly string[]) {
  const config = PRESETS[preset].describe(classes, [])
  const scope = new Scope('evaluate')
  ssd(scope, input('images', [1, 3, config.input.height, config.input.width]), config)
  return { scope, tensors: [...scope.parameters, ...scope.statistics] }
}

/** A state dict of zeros. @param rename gives a tensor's name in it; null leaves it out */
function zeros(
  preset: PresetName,
  count: number,
  rename: (name: string) => string | null = (name) => name,
): Map<string, StoredTensor> {
  const dict = new Map<string, StoredTensor>()
  const classes = Array.from({ length: count }, (_, i) => `${i}`)
  for (const { name, tensor } of build(preset, classes).tensors) {
    const renamed = rename(name)
    const { shape } = tensor
    if (renamed !== null) dict.set(renamed, { shape, data: new Float32Array(elementCount(shape)) })
  }
  return dict
}

const classifier = (preset: PresetName, sign: string) => {
  const map = findNameMap([sign])!
  return zeros(preset, 1, (name) => theirName(map, name))
}
const given = { classes: ['cat', 'dog'], file: 'a.pth' }
const empty = (shape: Shape) => ({ shape, data: new Float32Array(elementCount(shape)) })

describe('a detector', () => {
  it('brings its number of classes, and every tensor', () => {
    const tensors = zeros('ssdlite320', 20)
    const { config, read, fresh, namesFrom } = importModel({
      tensors,
      preset: 'ssdlite320',
      file: 'a.pth',
    })
    expect([config.classes.length, read, fresh, namesFrom]).toEqual([20, tensors.size, 0, 'voc'])
  })

  it('may come out of DataParallel', () => {
    const tensors = zeros('ssdlite320', 2, (name) => `module.${name}`)
    const { config, fresh } = importModel({ tensors, preset: 'ssdlite320', ...given })
    expect([config.classes, fresh]).toEqual([['cat', 'dog'], 0])
  })

  it('with more or fewer classes than names is refused', () => {
    const tensors = zeros('ssdlite320', 3)
    expect(() => importModel({ tensors, preset: 'ssdlite320', ...given })).toThrow(
      'expected 3 class names, as many as the detector knows; background is not listed, got 2 (a.pth)',
    )
  })

  it('of another network is refused, whatever its classes', () => {
    const tensors = zeros('tiny', 2)
    for (const preset of ['ssdlite320', 'lesson9'] as const)
      expect(() => importModel({ tensors, preset, file: 'a.pth' })).toThrow(
        `tensors that a detector for ${preset} has, and no others, got ${tensors.size}; `,
      )
  })
})

describe('a backbone', () => {
  const mobileNet = classifier('ssdlite320', 'features.0.0.weight')
  const take = (tensors: ReadonlyMap<string, StoredTensor>, preset: PresetName = 'ssdlite320') =>
    importModel({ tensors, preset, ...given })

  it('brings its layers; the others are fresh, the same ones each time', () => {
    const { weights, read, fresh, rescaled } = take(mobileNet)
    const { scope, tensors } = build('ssdlite320', given.classes)
    const firsts = initialWeights(scope, 1)
    expect([read, read + fresh, rescaled]).toEqual([mobileNet.size, tensors.length, false])
    expect(weights.get('backbone.features.1.3.0.weight')!.every((value) => value === 0)).toBe(true)
    for (const name of ['backbone.extra.0.0.0.weight', 'head.regression_head.module_list.0.1.bias'])
      expect(weights.get(name)).toEqual(firsts.get(name))
  })

  it("leaves out wider layers, as the published classifier's last ones are, and names them", () => {
    const wide = new Map(mobileNet).set('features.16.0.weight', empty([960, 160, 1, 1]))
    const { weights, misfits, read } = take(wide)
    expect(misfits).toEqual([
      { name: 'features.16.0.weight', expected: [480, 80, 1, 1], got: [960, 160, 1, 1] },
    ])
    expect(read).toBe(mobileNet.size - 1)
    expect(weights.get('backbone.features.1.3.0.weight')!.some((value) => value !== 0)).toBe(true)
  })

  it('without class names is refused', () => {
    expect(() => importModel({ tensors: mobileNet, preset: 'ssdlite320', file: 'a.pth' })).toThrow(
      'expected the option --classes FILE: a MobileNetV3 classifier',
    )
  })

  it('of another network is refused', () => {
    const resNet = new Map([['layer1.0.conv1.weight', empty([1])]])
    expect(() => take(resNet, 'ssd300')).toThrow(
      'expected a detector or a VGG classifier for ssd300, got a ResNet classifier: the tensors layer1.0.conv1.weight (a.pth)',
    )
    expect(() => take(new Map([['encoder.weight', empty([1])]]))).toThrow(
      'for ssdlite320, got the tensors encoder.weight (a.pth)',
    )
    expect(() => take(new Map())).toThrow('for ssdlite320, got no tensors (a.pth)')
  })

  it('that learned on pictures normalised otherwise has its first layer rescaled', () => {
    const vgg = classifier('ssd300', 'features.0.weight')
    vgg.get('features.0.weight')!.data.fill(1)
    const learnedOn = { mean: [0, 0, 0] as [0, 0, 0], std: [2, 2, 2] as [2, 2, 2] }
    const { weights, rescaled } = importModel({
      tensors: vgg,
      preset: 'ssd300',
      learnedOn,
      ...given,
    })
    expect(rescaled).toBe(true)
    expect(weights.get('backbone.features.0.weight')![0]).toBe(0.5) // the preset's std is 1
  })
})
