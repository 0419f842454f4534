/** @file A model that has learned nothing, so that every picture gets its own meaningless boxes; small and quick. */
import { tinyModel } from '../../src/config/tiny.ts'
import { input } from '../../src/graph/tensor.ts'
import { initialWeights, Scope } from '../../src/network/scope.ts'
import { ssd } from '../../src/network/ssd.ts'
import { writeModel } from '../../src/weights/model-file.ts'

/** The bytes of its file. Its input is 96 x 64 pixels; it knows cats and dogs. */
export function freshModelBytes(
  notes: Readonly<Record<string, unknown>> = {},
): Uint8Array<ArrayBuffer> {
  const config = tinyModel(['cat', 'dog'], { width: 96, height: 64 })
  const scope = new Scope('evaluate')
  ssd(scope, input('images', [1, 3, 64, 96]), config)
  const model = { config, weights: initialWeights(scope, 1), notes }
  return Uint8Array.from(writeModel(model, new Map()))
}
