import { describe, expect, it } from 'vitest'
import { findNameMap, isNeeded, NAME_MAPS, plainName, theirName } from './name-maps.ts'

const mapFor = (...names: string[]) => findNameMap(names)!

describe('a file is told from its names', () => {
  it.each([
    ['head.classification_head.module_list.0.weight', 'a detector'],
    ['backbone.features.0.weight', 'a detector'],
    ['features.0.weight', 'a VGG classifier'],
    ['features.0.0.weight', 'a MobileNetV3 classifier'],
    ['layer1.0.conv1.weight', 'a ResNet classifier'],
  ])('%s means %s', (name, title) => {
    expect(findNameMap(['something.else', name])?.title).toBe(title)
  })

  it('and a file of another kind is none of them', () => {
    expect(findNameMap(['encoder.0.weight', 'xlayer1.0.conv1.weight'])).toBeUndefined()
  })
})

describe("the file's name for a tensor of ours", () => {
  const vgg = mapFor('features.0.weight')
  const mobileNet = mapFor('features.0.0.weight')
  const resNet = mapFor('layer1.0.conv1.weight')

  it.each([
    // conv4_3 is the last of the first list; conv5_1 to conv5_3 stand in the second one.
    [vgg, 'backbone.features.21.bias', 'features.21.bias'],
    [vgg, 'backbone.extra.0.1.weight', 'features.24.weight'],
    [vgg, 'backbone.extra.0.3.weight', 'features.26.weight'],
    [vgg, 'backbone.extra.0.5.weight', 'features.28.weight'],
    // fc6, fc7 and the extra blocks are no part of a classifier.
    [vgg, 'backbone.extra.0.7.1.weight', null],
    [vgg, 'backbone.extra.1.0.weight', null],
    [vgg, 'backbone.scale_weight', null],
    [vgg, 'head.regression_head.module_list.0.bias', null],
    [mobileNet, 'backbone.features.0.0.0.weight', 'features.0.0.weight'],
    [mobileNet, 'backbone.features.0.12.block.2.fc1.bias', 'features.12.block.2.fc1.bias'],
    [mobileNet, 'backbone.features.0.13.1.running_var', 'features.13.block.0.1.running_var'],
    [mobileNet, 'backbone.features.1.0.1.0.weight', 'features.13.block.1.0.weight'],
    [mobileNet, 'backbone.features.1.0.3.1.bias', 'features.13.block.3.1.bias'],
    [mobileNet, 'backbone.features.1.2.block.0.0.weight', 'features.15.block.0.0.weight'],
    [mobileNet, 'backbone.features.1.3.0.weight', 'features.16.0.weight'],
    [mobileNet, 'backbone.extra.0.0.0.weight', null],
    [resNet, 'backbone.conv1.weight', 'conv1.weight'],
    [resNet, 'backbone.bn1.running_mean', 'bn1.running_mean'],
    [resNet, 'backbone.layer4.2.conv2.weight', 'layer4.2.conv2.weight'],
    [resNet, 'backbone.layer2.0.downsample.1.bias', 'layer2.0.downsample.1.bias'],
    [resNet, 'backbone.neck.0.conv.weight', null],
  ])('is taken from the table (%#)', (map, ours, theirs) => {
    expect(theirName(map, ours)).toBe(theirs)
  })

  it('is ours in the file of a detector', () => {
    const [detector] = NAME_MAPS
    expect(theirName(detector!, 'backbone.extra.0.7.1.weight')).toBe('backbone.extra.0.7.1.weight')
  })
})

describe('names', () => {
  it("lose DataParallel's beginning", () => {
    expect(plainName('module.features.0.weight')).toBe('features.0.weight')
    expect(plainName('features.0.module.weight')).toBe('features.0.module.weight')
  })

  it.each([
    'classifier.6.weight',
    'module.classifier.0.bias',
    'fc.weight',
    'backbone.features.0.0.1.num_batches_tracked',
    'n_averaged',
  ])('of what no detector needs are passed over: %s', (name) => {
    expect(isNeeded(name)).toBe(false)
  })

  it.each([
    'head.classification_head.module_list.0.weight',
    'features.4.block.2.fc1.weight',
    'module.layer1.0.conv1.weight',
  ])('of what a detector needs are kept: %s', (name) => {
    expect(isNeeded(name)).toBe(true)
  })
})
