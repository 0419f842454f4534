import { afterAll, expect, test } from 'vitest'
import { createEngine } from '../../engine/node.ts'
import { toOnnx } from '../../graph/onnx.ts'
import { constant } from '../../graph/tensor.ts'
import { type ClassLossChoice, classLossOf } from './class-losses.ts'

const engine = createEngine({ threads: 1 })
afterAll(() => engine.close())

/** Background, cat, dog: odds of 1, 1 and 2 to 1. */
const logits = constant([0, 0, Math.log(2)], [1, 1, 3])

async function compute(classLoss: ClassLossChoice) {
  const program = await engine.compile({
    bytes: toOnnx({ p: classLossOf(classLoss).probabilities(logits) }),
  })
  return [...(await program.run({})).outputs.p!].map((p) => Math.round(p * 1e6) / 1e6)
}

test('after softmax, background and the classes share out 1', async () => {
  const softmax = { name: 'softmax', negativesPerPositive: 3, minimumNegatives: 16 } as const
  expect(await compute(softmax)).toEqual([0.25, 0.25, 0.5])
})

test('after a yes-or-no loss, each class is a question of its own', async () => {
  expect((await compute({ name: 'binary' })).slice(1)).toEqual([0.5, 0.666667])
  expect((await compute({ name: 'focal', alpha: 0.25, gamma: 2 })).slice(1)).toEqual([
    0.5, 0.666667,
  ])
})
