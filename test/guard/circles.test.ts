/** @file Files that import one another in a circle can only be read together; so there are none where it can be helped. */
import { describe, expect, it } from 'vitest'
import { importsOf, sourceFiles } from './tree.ts'

/**
 * Where circles belong to the matter: a tensor knows the operator that made it, and an operator's gradient is made of
 * operators whose gradients it is part of.
 */
const NATURAL = ['src/graph/']

/** Groups of nodes each of which can be reached from each other (Tarjan 1972), of two and more. */
function circlesOf(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const path: string[] = []
  const found: string[][] = []
  const visit = (node: string) => {
    order.set(node, order.size)
    lowest.set(node, order.get(node)!)
    path.push(node)
    for (const next of edges.get(node) ?? []) {
      if (!order.has(next)) visit(next)
      if (path.includes(next)) lowest.set(node, Math.min(lowest.get(node)!, lowest.get(next)!))
    }
    if (lowest.get(node) !== order.get(node)) return
    const group = path.splice(path.indexOf(node))
    if (group.length > 1) found.push(group.toSorted())
  }
  for (const node of edges.keys()) if (!order.has(node)) visit(node)
  return found
}

const edges = new Map(
  sourceFiles().map((path) => [
    path,
    importsOf(path)
      .map(({ to }) => to)
      .filter((to) => to !== path),
  ]),
)

describe('the files of src', () => {
  it('import one another, also types, in no circle, but for operators and their gradients', () => {
    const circles = circlesOf(edges).filter(
      (group) => !NATURAL.some((room) => group.every((path) => path.startsWith(room))),
    )
    expect(circles).toEqual([])
    expect(edges.size).toBeGreaterThan(400)
  })

  it('of a circle are found, whatever hangs on them', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'e']],
      ['c', ['a', 'd']],
      ['d', []],
      ['e', ['f']],
      ['f', ['e', 'd']],
    ])
    expect(circlesOf(graph)).toEqual([
      ['e', 'f'],
      ['a', 'b', 'c'],
    ])
  })
})
