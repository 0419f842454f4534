import { broadcastShape, sumToShape } from '../broadcast.ts'
import { type Lowering, ORT_DOMAIN } from '../lowering.ts'
import { apply, type Operator, shapeError } from '../operator.ts'
import type { Tensor } from '../tensor.ts'

/** Whether a factor is taken with its last two axes swapped. */
export interface MatmulOptions {
  readonly transposeA?: boolean
  readonly transposeB?: boolean
}

const operator: Operator<Required<MatmulOptions>> = {
  name: 'matmul',
  infer: ([a, b], { transposeA, transposeB }) => {
    const [rows, innerA] = lastTwo(a!, transposeA)
    const [innerB, columns] = lastTwo(b!, transposeB)
    if (innerA !== innerB)
      throw shapeError('matmul', 'expected equal inner lengths', [[...a!.shape], [...b!.shape]])
    const batch = broadcastShape('matmul', a!.shape.slice(0, -2), b!.shape.slice(0, -2))
    return { shape: [...batch, rows, columns], dtype: 'float32' }
  },
  lower: (lowering, [a, b], { inputs, attributes: { transposeA, transposeB } }) => {
    if (lowering.target === 'cpu' && (transposeA || transposeB))
      return lowering.emit(
        'FusedMatMul',
        [a!, b!],
        { transA: Number(transposeA), transB: Number(transposeB) },
        ORT_DOMAIN,
      )
    return lowering.emit('MatMul', [
      transposeA ? swapLast(lowering, a!, inputs[0]!) : a!,
      transposeB ? swapLast(lowering, b!, inputs[1]!) : b!,
    ])
  },
  gradient: ({ inputs: [a, b], attributes: { transposeA, transposeB } }, dy) => {
    const da = transposeA
      ? matmul(b!, dy, { transposeA: transposeB, transposeB: true })
      : matmul(dy, b!, { transposeB: !transposeB })
    const db = transposeB
      ? matmul(dy, a!, { transposeA: true, transposeB: transposeA })
      : matmul(a!, dy, { transposeA: !transposeA })
    return [sumToShape(da, a!.shape), sumToShape(db, b!.shape)]
  },
}

function lastTwo(x: Tensor, swapped: boolean): [number, number] {
  const [rows, columns] = x.shape.slice(-2)
  if (columns === undefined) throw shapeError('matmul', 'expected at least two axes', x.shape)
  return swapped ? [columns, rows!] : [rows!, columns]
}

function swapLast(lowering: Lowering, name: string, { shape }: Tensor): string {
  const order = shape.map((_, axis) => axis)
  return lowering.emit('Transpose', [name], {
    perm: [...order.slice(0, -2), order.length - 1, order.length - 2],
  })
}

/**
 * Matrix product over the last two axes, the axes before them broadcast: [.., R, I] · [.., I, C] = [.., R, C].
 * On the CPU a transposed factor is read in place (FusedMatMul); elsewhere it is transposed first.
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  return apply(operator, [a, b], { transposeA: false, transposeB: false, ...options })
}
