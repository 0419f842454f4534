import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elementCount, input } from '../graph/tensor.ts'
import { backboneFeatureMaps, type NetworkChoice } from '../network/backbones/backbones.ts'
import { planNetwork } from '../network/backbones/plan.ts'
import { Scope } from '../network/scope.ts'
import { ssd } from '../network/ssd.ts'
import { type ModelConfig, modelSchema } from './model.ts'
import { describePreset, PRESET_NAMES } from './presets.ts'

const images = ({ width, height }: ModelConfig['input']) => input('images', [1, 3, height, width])

const channels = fc.integer({ min: 1, max: 8 })
const networks: fc.Arbitrary<NetworkChoice> = fc.oneof(
  fc
    .array(fc.tuple(channels, fc.integer({ min: 1, max: 2 })), { minLength: 1, maxLength: 8 })
    .map((stages) => ({
      name: 'tiny' as const,
      channels: stages.map(([width]) => width),
      layers: stages.map(([, layers]) => layers),
    })),
  fc.record({
    name: fc.constant('vgg16' as const),
    l2Scale: fc.constant(20),
    extras: fc.array(
      fc.record({
        channels: fc.tuple(channels, channels),
        kernel: fc.integer({ min: 1, max: 5 }),
        stride: fc.integer({ min: 1, max: 3 }),
        padding: fc.integer({ min: 0, max: 2 }),
      }),
      { maxLength: 4 },
    ),
  }),
  fc.record({
    name: fc.constant('mobilenet-v3-large' as const),
    extras: fc.array(
      channels.map((width) => 2 * width),
      { maxLength: 5 },
    ),
  }),
  fc.record({ name: fc.constant('resnet34' as const), grids: fc.integer({ min: 1, max: 3 }) }),
)

describe('what is reckoned of a network before it is built', () => {
  it('its maps are those that it makes, for any input', () => {
    const sides = fc.integer({ min: 1, max: 400 })
    fc.assert(
      fc.property(networks, sides, sides, (network, width, height) => {
        const { maps } = planNetwork(network, { width, height }, [])
        fc.pre(maps.every((map) => map.width > 0 && map.height > 0))
        // tiny is asked for the map of every stride it has.
        const strides = maps.map((_, i) => 2 ** (i + 1))
        const pictures = images({ width, height })
        const made = backboneFeatureMaps(new Scope('evaluate'), pictures, network, strides)
        const expected = maps.map((map) => [1, map.channels, map.height, map.width])
        expect(made.map(({ shape }) => shape)).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })

  it.each(PRESET_NAMES)('its weights are not far from those of %s', (preset) => {
    // Of the backbones that are always the same, only what depends on the description is counted.
    const fixed = {
      tiny: 0,
      vgg16: 20_500_000,
      'mobilenet-v3-large': 1_450_000,
      resnet34: 24_000_000,
    }
    const config = describePreset(preset, ['cat', 'dog'])
    const scope = new Scope('evaluate')
    ssd(scope, images(config.input), config)
    const weights = scope.parameters
      .filter(({ name }) => name.startsWith('backbone.'))
      .reduce((sum, { tensor }) => sum + elementCount(tensor.shape), 0)
    const reckoned =
      planNetwork(config.network, config.input, []).weights + fixed[config.network.name]
    expect(reckoned / weights).toBeGreaterThan(0.9)
    expect(reckoned / weights).toBeLessThan(1.1)
  })
})

it('a network is built only from a description that the schema accepts', () => {
  const config = describePreset('tiny', ['cat'])
  const wrong = {
    ...config,
    featureMaps: config.featureMaps.map((map) => ({ ...map, stride: 12 })),
  }
  expect(modelSchema.safeParse(wrong).success).toBe(false)
  expect(() => ssd(new Scope('evaluate'), images(config.input), wrong)).toThrow(
    expect.objectContaining({ code: 'E_CONFIG', message: expect.stringContaining('got 12') }),
  )
})
