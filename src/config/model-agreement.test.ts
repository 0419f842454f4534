import { describe, expect, it } from 'vitest'
import { checkOptions } from '../check/check-options.ts'
import { type ModelConfig, modelSchema } from '../config/model.ts'
import { describePreset, type PresetName } from '../config/presets.ts'

const CLASSES = ['cat', 'dog']

/** What is said of a preset with some parts changed. */
function messageOf(preset: PresetName, change: (model: ModelConfig) => object): string {
  const model = describePreset(preset, CLASSES)
  try {
    checkOptions(modelSchema, { ...model, ...change(model) }, 'f')
  } catch (error) {
    return (error as Error).message
  }
  return 'accepted'
}

const square = (side: number) => ({ input: { width: side, height: side } })

describe('a description whose parts do not fit together is refused', () => {
  it('when tiny has not as many layers as channels', () => {
    expect(messageOf('tiny', ({ network }) => ({ network: { ...network, layers: [1, 1] } }))).toBe(
      'f: network.layers: expected 6 entries, as many as channels, got 2',
    )
  })

  it('when tiny makes no map of a stride, naming the strides that it makes', () => {
    const strided =
      (stride: number) =>
      ({ featureMaps }: ModelConfig) => ({
        featureMaps: [{ ...featureMaps[0]!, stride }, ...featureMaps.slice(1)],
      })
    expect(messageOf('tiny', strided(12))).toBe(
      "f: featureMaps.0.stride: expected a stride of the network's maps, one of 2, 4, 8, 16, 32, 64, got 12",
    )
    expect(messageOf('tiny', strided(128))).toContain('got 128')
    expect(messageOf('tiny', strided(1))).toContain('got 1')
    expect(messageOf('tiny', strided(2))).toBe('accepted')
  })

  it.each(['ssd300', 'ssdlite320', 'lesson9'] as const)(
    'when %s makes other maps, more or fewer',
    (preset) => {
      const made = /expected feature maps of .* cells, as the network makes them for this input/
      expect(
        messageOf(preset, ({ featureMaps }) => ({ featureMaps: featureMaps.slice(1) })),
      ).toMatch(made)
      const doubled = ({ featureMaps }: ModelConfig) => ({
        featureMaps: [...featureMaps, featureMaps.at(-1)!],
      })
      expect(messageOf(preset, doubled)).toMatch(made)
    },
  )

  it('when the input is too small for a map of VGG16', () => {
    expect(messageOf('ssd300', () => square(64))).toMatch(
      /f: input: expected an input large enough for the maps of vgg16, .* got 64x64/,
    )
  })

  it('when a class is named twice or cannot be printed', () => {
    expect(messageOf('tiny', () => ({ classes: ['cat', 'dog', 'cat'] }))).toBe(
      'f: classes.2: expected every name once, got cat',
    )
    expect(messageOf('tiny', () => ({ classes: ['cat', 'a\tb'] }))).toBe(
      'f: classes.1: expected a name without control characters, got "a\\tb"',
    )
  })
})

describe('a description that no machine could run is refused', () => {
  const classes = (count: number) => Array.from({ length: count }, (_, i) => `class ${i}`)

  it.each<[what: string, preset: PresetName, change: (model: ModelConfig) => object, rule: RegExp]>(
    [
      [
        'a million anchors',
        'tiny',
        ({ featureMaps }) => ({
          ...square(1024),
          featureMaps: featureMaps.map((map) => ({ ...map, stride: 2 })),
        }),
        /at most 1000000 anchors, got \d+$/,
      ],
      [
        'classes by the million',
        'tiny',
        () => ({ classes: classes(10_001) }),
        /a list of 1 to 10000/,
      ],
      ['anchors times classes', 'ssd512', () => ({ classes: classes(5000) }), /answers per image/],
      [
        'channels by the thousand',
        'tiny',
        ({ network }) => ({ network: { ...network, channels: Array(6).fill(4096) } }),
        /at most 300000000 weights/,
      ],
      ['an input of 65536x65536', 'tiny', () => square(65_536), /input\.width: .* from 1 to 2048/],
      [
        'layers without end',
        'tiny',
        ({ network }) => ({ network: { ...network, layers: [1e12, 1, 1, 1, 1, 1] } }),
        /network\.layers\.0: expected a whole number from 1 to 32, got 1000000000000/,
      ],
      [
        'candidates without end',
        'tiny',
        ({ detect }) => ({ detect: { ...detect, maxCandidates: 1e12 } }),
        /detect\.maxCandidates: expected a whole number from 1 to 10000/,
      ],
    ],
  )('%s', (_, preset, change, rule) => {
    expect(messageOf(preset, change)).toMatch(rule)
  })
})
