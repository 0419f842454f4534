import { describe, expect, it } from 'vitest'
import { drawBoxes, type FigureBox } from './figure-box.ts'
import type { View } from './view.ts'

/** A canvas that only notes where plates are drawn: left, top, width, height. */
function platesOf(boxes: readonly FigureBox[]): number[][] {
  const plates: number[][] = []
  const context = new Proxy(
    {
      measureText: (text: string) => ({ width: 7 * text.length }),
      roundRect: (...sides: number[]) => plates.push(sides.slice(0, 4)),
    } as Record<string | symbol, unknown>,
    { get: (known, name) => known[name] ?? (() => undefined) },
  )
  const view: View = {
    width: 300,
    height: 200,
    pixel: 1,
    colour: () => 'red',
    font: () => '13px sans',
  }
  drawBoxes(context as unknown as CanvasRenderingContext2D, view, boxes)
  return plates
}

const labelled = (x1: number, y1: number): FigureBox => ({
  box: { x1, y1, x2: x1 + 90, y2: y1 + 60 },
  tone: 'truth',
  label: 'a label',
})

describe('labels', () => {
  it('stand on the upper edge of their box', () => {
    expect(platesOf([labelled(40, 100)])).toEqual([[40, 81, 59, 19]]) // 100 - 19; 7 letters of 7, and 10
  })

  it('of two boxes in one place do not lie on each other: the second goes below the edge', () => {
    const tops = platesOf([labelled(40, 100), labelled(42, 101), labelled(44, 102)]).map(
      ([, top]) => top,
    )
    expect(tops).toEqual([81, 101, 121]) // the third: 102 + 19, for 102 - 2 x 19 would touch the first
  })

  it('stay inside the drawing', () => {
    expect(platesOf([labelled(280, 5)])).toEqual([[241, 0, 59, 19]])
  })
})
