import { describe, expect, it } from 'vitest'
import { cursorOf, dragBox, findGrip, gripAt, INSIDE } from './box-hand.ts'

const box = { x1: 20, y1: 10, x2: 60, y2: 40 }
const area = { width: 100, height: 50 }

describe('the hand that moves boxes', () => {
  it('holds the inside, a side or a corner', () => {
    expect(gripAt(box, 40, 25, 4)).toBe(INSIDE)
    expect(gripAt(box, 21, 25, 4)).toEqual({ x1: true, y1: false, x2: false, y2: false })
    expect(cursorOf(gripAt(box, 61, 41, 4))).toBe('nwse-resize')
    expect(gripAt(box, 80, 25, 4)).toBeNull()
  })

  it('reaches the small box inside the large one', () => {
    const small = { x1: 30, y1: 20, x2: 40, y2: 30 }
    expect(findGrip([box, small], 35, 25, 4)?.index).toBe(1)
    expect(findGrip([box, small], 50, 35, 4)?.index).toBe(0)
    expect(findGrip([null, small], 50, 35, 4)).toBeNull()
  })

  it('moves a whole box, and stops it at the edge', () => {
    expect(dragBox(box, INSIDE, 5, -3, area)).toEqual({ x1: 25, y1: 7, x2: 65, y2: 37 })
    expect(dragBox(box, INSIDE, 500, 500, area)).toEqual({ x1: 60, y1: 20, x2: 100, y2: 50 })
  })

  it('moves one side, and never turns the box inside out', () => {
    const left = { x1: true, y1: false, x2: false, y2: false }
    expect(dragBox(box, left, 10, 99, area)).toEqual({ ...box, x1: 30 })
    expect(dragBox(box, left, 500, 0, area).x1).toBe(56)
  })
})
