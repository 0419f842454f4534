import { describe, expect, it } from 'vitest'
import { boxAt, packCorners } from '../../src/box/box.ts'
import { toCentreSizes, toCorners } from '../../src/box/convert.ts'
import { boxIou } from '../../src/box/iou.ts'
import { encoder } from '../../src/coder/coders.ts'
import { decodeOffsets, encodeOffsets } from '../../src/coder/log.ts'
import { count, useSite, WITHOUT_BROWSER } from './open-site.ts'

const anchor = { x1: 100, y1: 80, x2: 260, y2: 200 }
const object = { x1: 120, y1: 70, x2: 290, y2: 220 }
const STATE = '05-offsets?boxes=100,80,260,200;120,70,290,220'

const anchors = toCentreSizes(packCorners([anchor]))
const truth = toCentreSizes(packCorners([object]))

describe.skipIf(WITHOUT_BROWSER)('lesson 5', () => {
  const site = useSite()
  const NAMES = ['dx', 'dy', 'dw', 'dh']

  it('shows encodeOffsets of its boxes, and they come back', async () => {
    const { page, goTo, number, complaints } = await site.shared()
    await goTo(STATE)
    const offsets = encodeOffsets(truth, anchors)
    for (const [i, name] of NAMES.entries()) await number(name).toBe(offsets[i])
    await number('error').toBeLessThan(1e-4)
    await page.getByText('25 px right · 5 px down · 6% wider · 25% taller').waitFor()
    expect(complaints).toEqual([])
  })

  it('a slider says an offset, and the object becomes decodeOffsets of the four', async () => {
    const { page, goTo, number } = await site.shared()
    await goTo(STATE)
    await page.getByLabel('dw', { exact: true }).fill('-4')
    const offsets = encodeOffsets(truth, anchors)
    offsets[2] = -4
    const { x1, y1, x2, y2 } = boxAt(toCorners(decodeOffsets(offsets, anchors)), 0)
    const sides = [x1, y1, x2, y2].map((side) => Number(side.toFixed(1)))
    await page.waitForURL((url) => url.hash.includes(`;${sides.join(',')}`))
    await number('dw').toBeCloseTo(-4, 4)
  })

  it('tanh: shows the library’s offsets, and what it cannot reach', async () => {
    const { page, goTo, number } = await site.shared()
    await goTo(`${STATE}&coder=tanh`)
    const cells = { count: 1, corners: packCorners([anchor]), centreSizes: anchors }
    const offsets = new Float32Array(4)
    encoder({ name: 'tanh' }, { ...cells, cellSizes: anchors.slice(2) }, offsets)(truth, 0, 0)
    for (const [i, name] of NAMES.entries()) await number(name).toBe(offsets[i])
    await count(page.getByText('Out of reach:')).toBe(0)
    await page.getByRole('button', { name: 'Twice as wide' }).click()
    await page.getByText('Out of reach: dw.').waitFor()
    const nearest = { x1: 60.2, y1: 80, x2: 299.8, y2: 200 } // 160 · (1 + .995 / 2) wide
    const wide = { x1: 20, y1: 80, x2: 340, y2: 200 }
    await number('iou').toBeCloseTo(boxIou(wide, nearest), 4)
  })

  it('both half as large: the same four numbers', async () => {
    const { page, goTo, number } = await site.shared()
    await goTo(STATE)
    await page.getByRole('button', { name: 'Halve both' }).click()
    await page.waitForURL(/boxes=140,110,220,170/)
    const offsets = encodeOffsets(truth, anchors)
    for (const [i, name] of NAMES.entries()) await number(name).toBeCloseTo(offsets[i]!, 4)
  })

  it('moves a box by keyboard', async () => {
    const { page, goTo, number } = await site.open()
    await goTo(STATE)
    const before = encodeOffsets(truth, anchors)[0]!
    await number('dx').toBe(before)
    await page.locator('canvas').focus()
    await page.keyboard.press('Alt+ArrowRight')
    await page.waitForURL(/121,70,291,220/)
    await number('dx').toBeCloseTo(before + 1 / 160 / 0.1, 4)
  })
})
