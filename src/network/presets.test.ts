import { describe, expect, it } from 'vitest'
import { anchorsOf } from '../anchor/model-anchors.ts'
import { describePreset, type PresetName } from '../config/presets.ts'
import { input } from '../graph/tensor.ts'
import { weightCount } from '../train/step.ts'
import { Scope } from './scope.ts'
import { ssd } from './ssd.ts'

const CLASSES = Array.from({ length: 90 }, (_, i) => `class ${i + 1}`)

function build(name: PresetName) {
  const config = describePreset(name, CLASSES)
  const { width, height } = config.input
  const scope = new Scope('evaluate')
  const answers = ssd(scope, input('images', [1, 3, height, width]), config)
  return { config, scope, answers }
}

describe('the presets', () => {
  // Anchors: SSD paper, sections 2.2 and 3.1; torchvision; fast.ai lesson 9: (16 + 4 + 1) · 9.
  it.each([
    ['ssd300', 8732],
    ['ssd300-voc', 8732],
    ['ssd512', 24_564],
    ['ssdlite320', 3234],
    ['lesson9', 189],
    ['lesson9-simple', 16],
  ] as const)('%s has %d anchors, and the network answers for each', (name, count) => {
    const { config, answers } = build(name)
    expect(anchorsOf(config).count).toBe(count)
    expect(answers.logits.shape).toEqual([1, count, 91])
    expect(answers.offsets.shape).toEqual([1, count, 4])
  })

  // torchvision's documentation of the published weights, for 91 classes: 35.6 and 3.4 million.
  it.each([
    ['ssd300', 35_641_826],
    ['ssdlite320', 3_440_060],
  ] as const)('%s has as many weights as the published file: %d', (name, count) => {
    expect(weightCount(build(name).scope)).toBe(count)
  })

  it('the first and the largest anchors of ssd300-voc are those of the paper: 30 and sqrt(264 · 315) px', () => {
    const { centreSizes } = anchorsOf(describePreset('ssd300-voc', CLASSES))
    expect([...centreSizes.subarray(0, 4)]).toEqual([4, 4, 30, 30])
    const last = [...centreSizes.subarray(-12, -8)]
    expect(last[2]).toBeCloseTo(Math.sqrt(264 * 315), 2)
    expect(last.slice(0, 2)).toEqual([150, 150])
  })

  it('a cell of lesson9 at grid 4 carries 39.2, 56 and 72.8 px, whole, flat and upright', () => {
    const { centreSizes } = anchorsOf(describePreset('lesson9', CLASSES))
    const sides = Array.from({ length: 9 }, (_, i) =>
      [...centreSizes.subarray(i * 4 + 2, i * 4 + 4)].map((side) => Math.round(side * 10) / 10),
    )
    expect(sides.slice(0, 3)).toEqual([
      [39.2, 39.2],
      [39.2, 19.6],
      [19.6, 39.2],
    ])
    expect(sides.slice(6)).toEqual([
      [72.8, 72.8],
      [72.8, 36.4],
      [36.4, 72.8],
    ])
  })

  it('an input whose maps are not those that are described is refused, with both', () => {
    const config = { ...describePreset('ssd300', ['a']), input: { width: 320, height: 300 } }
    expect(() => ssd(new Scope('evaluate'), input('images', [1, 3, 300, 320]), config)).toThrow(
      /expected feature maps of 40x38 20x19 10x10 5x5 3x3 1x1 cells.*got.*40x38 20x19 10x10 5x5 4x3 2x1/,
    )
  })
})
