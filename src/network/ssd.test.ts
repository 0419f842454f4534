import { afterAll, describe, expect, it } from 'vitest'
import type { PixelRule } from '../anchor/feature-maps.ts'
import { anchorsOf } from '../anchor/model-anchors.ts'
import { tinyInputSize, tinyModel } from '../config/tiny.ts'
import { createEngine } from '../engine/node.ts'
import { toOnnx } from '../graph/onnx.ts'
import { input } from '../graph/tensor.ts'
import { initialWeights, Scope } from './scope.ts'
import { ssd } from './ssd.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

const build = (width: number, height: number, mode: 'train' | 'evaluate' = 'evaluate') => {
  const config = tinyModel(['a', 'b', 'c'], { width, height })
  const scope = new Scope(mode)
  return { config, scope, answers: ssd(scope, input('images', [2, 3, height, width]), config) }
}

describe('ssd', () => {
  it.each([
    [320, 240],
    [240, 320],
    [272, 208],
    [320, 320],
  ])('answers for exactly the anchors there are, at %i x %i', (width, height) => {
    const { config, answers } = build(width, height)
    const { count } = anchorsOf(config)
    expect(answers.logits.shape).toEqual([2, count, 4])
    expect(answers.offsets.shape).toEqual([2, count, 4])
  })

  it('has the same parameters and statistics in training and in evaluation', () => {
    const names = (scope: Scope) =>
      [...scope.parameters, ...scope.statistics].map(({ name }) => name)
    expect(names(build(320, 240, 'train').scope)).toEqual(names(build(320, 240).scope))
  })

  it('puts the answers of a cell where its anchors stand in the list', async () => {
    // A bias on one anchor shape of one map must show up at that shape's rows and nowhere else.
    const { config, scope, answers } = build(320, 240)
    const constants = initialWeights(scope, 1)
    for (const [name, values] of constants) if (name.endsWith('weight')) values.fill(0)
    for (const [name, values] of constants)
      if (name.includes('head') && name.endsWith('bias')) values.fill(0)
    constants.get('head.regression_head.module_list.1.bias')![4 * 4 + 2] = 7 // second map, shape 4 of 6, dw
    const { offsets } = answers
    const program = await engine.compile({ bytes: toOnnx({ offsets }, { constants }) })
    const images = { data: new Float32Array(2 * 3 * 240 * 320), shape: [2, 3, 240, 320] }
    const { outputs } = await program.run({ images })
    const { centreSizes } = anchorsOf(config)
    const hit = [...outputs.offsets!.subarray(0, centreSizes.length)].flatMap((value, at) =>
      value === 7 ? [at] : [],
    )
    expect(hit.length).toBe(20 * 15) // one for each cell of the second map
    const { sizes, aspectRatios } = config.featureMaps[1] as PixelRule
    for (const at of hit) {
      expect(at % 4).toBe(2)
      const row = at - 2
      expect(centreSizes[row + 2]! / centreSizes[row + 3]!).toBeCloseTo(aspectRatios[4 % 3]!, 4)
      expect(Math.sqrt(centreSizes[row + 2]! * centreSizes[row + 3]!)).toBeCloseTo(sizes[1]!, 3)
    }
    await program.close()
  })

  it('a fresh network gives all objects together about the prior chance of 0.1', async () => {
    const { scope, answers } = build(64, 48)
    const program = await engine.compile({
      bytes: toOnnx({ logits: answers.logits }, { constants: initialWeights(scope, 1) }),
    })
    const { outputs } = await program.run({
      images: { data: new Float32Array(2 * 3 * 48 * 64), shape: [2, 3, 48, 64] },
    })
    const [background, ...objects] = outputs.logits!.subarray(0, 4)
    const claims = objects.reduce((sum, logit) => sum + Math.exp(logit), 0)
    expect(claims / (claims + Math.exp(background!))).toBeCloseTo(0.1, 1)
    await program.close()
  })
})

describe('tinyInputSize', () => {
  it('keeps 4:3 landscapes as 320 x 240 and 3:4 portraits as 240 x 320', () => {
    expect(tinyInputSize([{ width: 640, height: 480 }])).toEqual({ width: 320, height: 240 })
    expect(tinyInputSize([{ width: 480, height: 640 }])).toEqual({ width: 240, height: 320 })
  })

  it('meets portraits and landscapes in the middle', () => {
    const sizes = [
      { width: 640, height: 480 },
      { width: 480, height: 640 },
    ]
    expect(tinyInputSize(sizes)).toEqual({ width: 320, height: 320 })
  })

  it('never makes the input narrower than half its length', () => {
    expect(tinyInputSize([{ width: 5000, height: 100 }])).toEqual({ width: 320, height: 160 })
  })
})
