/**
 * @file Reverse-mode differentiation: how does the loss change when each variable changes a little?
 *
 * Walk the operations from the loss backwards. Each knows its own gradient rule: it takes "how the loss
 * changes with my output" and answers "so this is how it changes with my inputs" (the chain rule). A tensor
 * that is used twice adds up both answers. The result is more graph, so one engine runs both directions.
 *
 * Operators without a gradient rule (comparisons, ranking) pass nothing on. Overlap (IoU) never even enters
 * the graph: it only decides, outside, which anchor answers for which object.
 *
 * Source: Griewank and Walther, Evaluating Derivatives, chapter 3 (adjoint mode).
 */
import { shapeError } from './operator.ts'
import { add } from './ops/add.ts'
import { constant, type Tensor, topologicalOrder } from './tensor.ts'

/**
 * Gradients of a scalar with respect to variables.
 * @param loss a tensor of shape []
 * @param variables tensors that the loss is made from
 * @returns one tensor a variable, of the variable's shape
 * @throws SingleshotError E_SHAPE if the loss is not a scalar or a variable has no differentiable path to it
 * @example
 * ```js
 * import { createEngine } from 'singleshot'
 * import { differentiate, input, ops, toOnnx } from 'singleshot/core'
 *
 * const x = input('x', [])
 * const [slope] = differentiate(ops.multiply(x, x), [x])
 * const engine = createEngine({ threads: 1 })
 * const program = await engine.compile({ bytes: toOnnx({ slope }) })
 * const { outputs } = await program.run({ x: { data: Float32Array.of(3), shape: [] } })
 * console.log(outputs.slope[0]) // → 6
 * await engine.close()
 * ```
 */
export function differentiate(loss: Tensor, variables: readonly Tensor[]): Tensor[] {
  if (loss.shape.length !== 0)
    throw shapeError('differentiate', 'expected a scalar loss', loss.shape)
  const order = topologicalOrder([loss])
  const relevant = tensorsMadeFrom(variables, order)
  const gradients = new Map<Tensor, Tensor>([[loss, constant(1)]])
  for (const tensor of order.toReversed()) {
    const gradient = gradients.get(tensor)
    if (gradient !== undefined) passToInputs(tensor, gradient, gradients, relevant)
  }
  return variables.map((variable) => {
    const gradient = gradients.get(variable)
    if (gradient === undefined)
      throw shapeError(
        'differentiate',
        'expected a loss that depends on each variable',
        describe(variable),
      )
    return gradient
  })
}

/** Adds one operation's contribution to the gradients of its inputs. */
function passToInputs(
  tensor: Tensor,
  gradient: Tensor,
  gradients: Map<Tensor, Tensor>,
  relevant: ReadonlySet<Tensor>,
) {
  const { source } = tensor
  if (source.kind !== 'operation') return
  const { inputs, attributes, operator } = source
  const contributions = operator.gradient?.({ inputs, attributes, output: tensor }, gradient) ?? []
  inputs.forEach((input, i) => {
    const contribution = contributions[i]
    if (contribution == null || !relevant.has(input)) return
    const before = gradients.get(input)
    gradients.set(input, before === undefined ? contribution : add(before, contribution))
  })
}

/** The tensors on some path from a variable to the loss; only these need gradients. */
function tensorsMadeFrom(variables: readonly Tensor[], order: readonly Tensor[]): Set<Tensor> {
  const made = new Set(variables)
  for (const { tensor, inputs } of operationsOf(order))
    if (inputs.some((input) => made.has(input))) made.add(tensor)
  return made
}

function* operationsOf(order: readonly Tensor[]) {
  for (const tensor of order)
    if (tensor.source.kind === 'operation') yield { tensor, inputs: tensor.source.inputs }
}

function describe(tensor: Tensor): string {
  const name = tensor.source.kind === 'input' ? tensor.source.name : tensor.source.kind
  return `${name} [${tensor.shape}]`
}
