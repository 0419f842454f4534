import { describe, expect, it } from 'vitest'
import type { Shape } from '../../graph/tensor.ts'
import { fitTensors } from './fit.ts'
import { findNameMap } from './name-maps.ts'

const wanted = new Map<string, Shape>([
  ['backbone.conv1.weight', [2, 3]],
  ['backbone.bn1.bias', [2]],
  ['backbone.neck.0.conv.bias', [1]],
])
const detector = findNameMap(['head.'])!
const backbone = findNameMap(['layer1.0.conv1.weight'])!

/** A file whose every tensor is filled with its number in the list. */
const fileOf = (...shapes: [name: string, shape: Shape][]) =>
  new Map(
    shapes.map(([name, shape], i) => {
      const count = shape.reduce((product, side) => product * side, 1)
      return [name, { shape, data: new Float32Array(count).fill(i) }] as const
    }),
  )
const take = (tensors: ReturnType<typeof fileOf>, map = detector) =>
  fitTensors({ tensors, wanted, map, model: 'lesson9', file: 'a.pth' })
const messageOf = (...args: Parameters<typeof take>) => {
  try {
    take(...args)
  } catch (error) {
    return error as Error
  }
  return null
}

describe("a detector's file", () => {
  const whole: [string, Shape][] = [
    ['backbone.neck.0.conv.bias', [1]],
    ['backbone.bn1.bias', [2]],
    ['backbone.conv1.weight', [2, 3]],
  ]

  it('is taken in the order of the network when every name and shape is there', () => {
    const { weights, misfits } = take(fileOf(...whole))
    expect([...weights].map(([name, data]) => [name, data[0]])).toEqual([
      ['backbone.conv1.weight', 2],
      ['backbone.bn1.bias', 1],
      ['backbone.neck.0.conv.bias', 0],
    ])
    expect(misfits).toEqual([])
  })

  it('is refused when a tensor is missing, is too many or has another shape, all in one message', () => {
    const error = messageOf(
      fileOf(['backbone.bn1.bias', [3]], ['backbone.conv1.weight', [2, 3]], ['x', [1]]),
    )
    expect(error).toMatchObject({ code: 'E_WEIGHTS_FIT' })
    expect(error!.message).toBe(
      'importWeights: expected the 3 tensors that a detector for lesson9 has, and no others, got 3; ' +
        '1 missing: backbone.neck.0.conv.bias [1]; 1 unexpected: x; ' +
        '1 of another shape: backbone.bn1.bias [3] instead of [2] (a.pth)',
    )
  })

  it('is refused for another order of sides too', () => {
    expect(
      messageOf(fileOf(...whole.slice(0, 2), ['backbone.conv1.weight', [3, 2]])),
    ).not.toBeNull()
  })

  it('has three of many names in the message, and their number', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name): [string, Shape] => [name, [1]])
    expect(messageOf(fileOf(...whole, ...many))!.message).toContain(
      'got 8; 5 unexpected: a, b, c and 2 more (a.pth)',
    )
  })
})

describe("a backbone's file", () => {
  it('leaves the rest alone, and leaves out what has another shape', () => {
    const { weights, misfits } = take(fileOf(['conv1.weight', [2, 3]], ['bn1.bias', [4]]), backbone)
    expect([...weights.keys()]).toEqual(['backbone.conv1.weight'])
    expect(misfits).toEqual([{ name: 'bn1.bias', expected: [2], got: [4] }])
  })

  it('is refused when a layer is missing: it is of another network', () => {
    const { message } = messageOf(fileOf(['conv1.weight', [2, 3]]), backbone)!
    expect(message).toContain('got 1; 1 missing: bn1.bias [2] (a.pth)')
  })

  it('is refused when a layer is too many: it is of another network', () => {
    const whole = fileOf(
      ['conv1.weight', [2, 3]],
      ['bn1.bias', [2]],
      ['layer1.0.conv3.weight', [1]],
    )
    const { message } = messageOf(whole, backbone)!
    expect(message).toContain('got 3; 1 unexpected: layer1.0.conv3.weight (a.pth)')
  })

  it('is refused when not one tensor has the right shape', () => {
    const file = fileOf(['conv1.weight', [4, 3]], ['bn1.bias', [4]])
    expect(messageOf(file, backbone)!.message).toContain('2 of another shape')
  })
})
