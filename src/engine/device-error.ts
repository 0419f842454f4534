/** @file What ONNX Runtime refused, in our words: which operator, and what can be done about it. */
import { SingleshotError } from '../error/singleshot-error.ts'

/** What can be done where the CPU itself refuses: another device would be no way out. */
const CPU_REMEDY =
  'If memory ran out, choose a smaller batch or input. If you made the graph, correct it; else report a bug.'

/** How ONNX Runtime's WebAssembly, which is loaded at the first compilation, says that it cannot be. */
const NOT_LOADED = /^no available backend found/

/**
 * The error for a graph that a device cannot compile or run.
 * @param where the function that was called, e.g. `compile` @param reason what ONNX Runtime said
 * @returns E_DEVICE, or E_ENGINE where ONNX Runtime itself is what is missing
 */
export function deviceError(where: string, device: string, reason: string): SingleshotError {
  if (device === 'cpu' && NOT_LOADED.test(reason))
    return new SingleshotError('E_ENGINE', {
      where,
      rule: "expected ONNX Runtime's WebAssembly to load",
      got: reason,
    })
  const operator = operatorIn(reason)
  return new SingleshotError('E_DEVICE', {
    where,
    rule: `expected a graph that the device ${device} can run`,
    got: reason,
    ...(operator !== undefined && { object: `operator ${operator}` }),
    ...(device === 'cpu' && { remedy: CPU_REMEDY }),
  })
}

/** How ONNX Runtime's messages name the operator they are about. */
const NAMING = [
  /No Op registered for (\w+)/,
  /implementation for (\w+)\(/,
  /([\w.:]+?)\(-?\d+\) is not a registered/,
  /while running (\w+) node/,
  /Node \(\w*\) Op \((\w+)\)/,
]

function operatorIn(reason: string): string | undefined {
  for (const pattern of NAMING) {
    const operator = pattern.exec(reason)?.[1]
    if (operator !== undefined) return operator
  }
  return undefined
}
