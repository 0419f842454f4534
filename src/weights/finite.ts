/** @file Weights are numbers: one NaN would make every detection NaN, long after the file was read. */
import { SingleshotError } from '../error/singleshot-error.ts'
import type { Floats } from '../graph/tensor.ts'

/** Where weights came from, for messages. */
export interface WeightsOrigin {
  /** The function that read them. */
  readonly where: string
  /** The tensor's name. */
  readonly name: string
  readonly file: string
}

/**
 * Refuses weights that are infinite or not a number.
 * @throws SingleshotError E_MODEL_FILE, naming the tensor and the first such element
 */
export function checkFinite(data: Floats, { where, name, file }: WeightsOrigin): void {
  const at = data.findIndex((value) => !Number.isFinite(value))
  if (at < 0) return
  throw new SingleshotError('E_MODEL_FILE', {
    where,
    rule: `expected finite weights in ${name}`,
    got: data[at],
    file,
    object: `element ${at}`,
  })
}
