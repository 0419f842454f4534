import { describe, expect, it } from 'vitest'
import { checkOptions } from '../check/check-options.ts'
import { defineCoder } from '../coder/coder.ts'
import { coderOf, decoder, encoder } from '../coder/coders.ts'
import { logCoder } from '../coder/log.ts'
import { input } from '../graph/tensor.ts'
import { initialWeights, Scope } from '../network/scope.ts'
import { ssd } from '../network/ssd.ts'
import { readModel, writeModel } from '../weights/model-file.ts'
import { checkModel } from './check-model.ts'
import { type ModelConfig, modelSchemaWith } from './model.ts'
import { bindRules, requireRules, rulesOf, rulesSchema } from './rule-slots.ts'
import { tinyModel } from './tiny.ts'

/** SSD's coder with moves counted in half anchors: a stand-in for somebody's own. */
const halves = defineCoder({
  ...logCoder,
  name: 'halves',
  version: 3,
  options: { unit: { type: 'number', minimum: 0.1, maximum: 2 } },
  encoder: ({ unit }, anchors, offsets) =>
    logCoder.encoder({ offsetScale: [unit, unit, 1, 1] }, anchors, offsets),
  decoder: ({ unit }, anchors, offsets, boxes) =>
    logCoder.decoder({ offsetScale: [unit, unit, 1, 1] }, anchors, offsets, boxes),
  decodeGraph: ({ unit }, offsets, anchors) =>
    logCoder.decodeGraph({ offsetScale: [unit, unit, 1, 1] }, offsets, anchors),
})

/** A description that chooses it, as a config file would, not bound yet. */
function described(options: object = { unit: 0.5 }): ModelConfig {
  const tiny = tinyModel(['cat', 'dog'], { width: 128, height: 64 })
  return { ...tiny, boxCoder: { name: 'halves', ...options } as unknown as typeof tiny.boxCoder }
}

const check = (rules: unknown) => () =>
  checkOptions(rulesSchema, rules, 'train', { code: 'E_ARGUMENT', object: 'rules' })

describe('a rule that is handed over', () => {
  it('is taken when it is whole', () => {
    expect(check([halves])).not.toThrow()
  })

  it.each([
    ['no rule', [7], '0: '],
    ['of no kind that there is', [{ ...halves, kind: 'wheel' }], 'expected one of backbone, coder'],
    ['without a version', [{ ...halves, version: undefined }], 'version: expected a whole number'],
    ['of version 1.5', [{ ...halves, version: 1.5 }], 'version: expected a whole number from 1'],
    ['with the name of one of ours', [{ ...halves, name: 'log' }], 'that is no coder of ours'],
    ['handed over twice', [halves, { ...halves }], 'expected every coder once'],
    ['that cannot decode', [{ ...halves, decoder: 'later' }], 'decoder: expected a function'],
    ['without options', [{ ...halves, options: undefined }], 'options: expected a record'],
  ])('%s is refused', (_, rules, message) => {
    expect(check(rules)).toThrow(expect.objectContaining({ code: 'E_ARGUMENT' }))
    expect(check(rules)).toThrow(message)
  })
})

describe('a description that chooses it', () => {
  it('is checked by the options of the rule itself', () => {
    const schema = modelSchemaWith([halves])
    expect(schema.safeParse(described()).success).toBe(true)
    const tooLarge = () => checkOptions(schema, described({ unit: 5 }), 'train')
    expect(tooLarge).toThrow('boxCoder.unit: expected a number from 0.1 to 2, got 5')
  })

  it('encodes and decodes by it, and gives the rule back', () => {
    const model = bindRules(described(), [halves])
    expect(coderOf(model.boxCoder)).toBe(halves)
    expect(rulesOf(model)).toEqual([halves])
    expect(() => checkModel(model, 'f')).not.toThrow()
    const anchors = {
      count: 1,
      centreSizes: Float32Array.of(20, 10, 8, 4),
      corners: Float32Array.of(16, 8, 24, 12),
      cellSizes: Float32Array.of(8, 8),
    }
    const offsets = new Float32Array(4)
    encoder(model.boxCoder, anchors, offsets)(Float32Array.of(22, 10, 8, 4), 0, 0)
    expect([...offsets]).toEqual([0.5, 0, 0, 0]) // 2 pixels: a quarter of 8, half of a half
    const boxes = new Float32Array(4)
    decoder(model.boxCoder, anchors, offsets, boxes)(0)
    expect([...boxes]).toEqual([22, 10, 8, 4])
  })

  it('is stored by name and version, and read back only with the rule', () => {
    const config = bindRules(described(), [halves])
    const scope = new Scope('evaluate')
    ssd(scope, input('images', [1, 3, 64, 128]), config)
    const weights = initialWeights(scope, 1)
    const bytes = writeModel({ config, weights, notes: {} }, new Map())
    expect(Buffer.from(bytes).toString('latin1')).toContain(
      String.raw`\"name\":\"halves\",\"unit\":0.5,\"version\":3`,
    )
    const asked = 'expected the coder halves, version 3, to be handed over'
    expect(() => readModel(bytes, 'm')).toThrow(`${asked}, got none (m)`)
    const older = { ...halves, version: 2 }
    expect(() => readModel(bytes, 'm', { rules: [older] })).toThrow(`${asked}, got version 2`)
    const { config: read } = readModel(bytes, 'm', { rules: [halves] })
    expect(coderOf(read.boxCoder)).toBe(halves)
  })

  it('without a version is not asked for as a rule from outside: the name may be a slip', () => {
    expect(() => requireRules(described(), [], 'm')).not.toThrow()
    expect(modelSchemaWith().safeParse(described()).success).toBe(false)
  })
})
