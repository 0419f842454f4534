import type { CDPSession } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { boxIou } from '../../src/box/iou.ts'
import { type OpenPage, useSite, WITHOUT_BROWSER } from './open-site.ts'

const first = { x1: 20, y1: 30, x2: 220, y2: 180 }
const second = { x1: 120, y1: 80, x2: 330, y2: 200 }
const moved = { x1: 140, y1: 100, x2: 350, y2: 220 }
const STATE = '02-overlap?boxes=20,30,220,180;120,80,330,200'

/** The area's units on the screen. */
async function scaleOf({ page }: OpenPage) {
  const area = (await page.locator('canvas').first().boundingBox())!
  const scale = area.width / 400
  return (x: number, y: number) => ({ x: area.x + x * scale, y: area.y + y * scale })
}

describe.skipIf(WITHOUT_BROWSER)('a drag that the browser takes away', () => {
  const site = useSite()

  it('by scrolling puts the box back, and the next touch moves nothing that it does not hold', async () => {
    const open = await site.open()
    const { page, goTo, number } = open
    await goTo(STATE)
    const at = await scaleOf(open)
    const session: CDPSession = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchCancel', x?: number, y?: number) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: x === undefined ? [] : [at(x, y!)],
      })
    await touch('touchStart', 280, 140)
    await touch('touchMove', 300, 160)
    await number('iou').toBeCloseTo(boxIou(first, moved), 3)
    await touch('touchCancel')
    await number('iou').toBe(boxIou(first, second))
    await page.mouse.move(at(300, 20).x, at(300, 20).y)
    await page.mouse.move(at(200, 100).x, at(200, 100).y)
    await expect.poll(() => page.evaluate('new Promise(requestAnimationFrame)')).toBeDefined()
    await number('iou').toBe(boxIou(first, second))
  })

  it('by losing the pointer puts the box back too', async () => {
    const open = await site.open()
    const { page, goTo, number } = open
    await goTo(STATE)
    const at = await scaleOf(open)
    const mouse = (x: number, y: number) => page.mouse.move(at(x, y).x, at(x, y).y)
    await page.evaluate(`document.querySelector('canvas').addEventListener('pointerdown', (event) => {
      globalThis.letGo = () => event.target.releasePointerCapture(event.pointerId)
    })`)
    await mouse(280, 140)
    await page.mouse.down()
    await mouse(300, 160)
    await number('iou').toBeCloseTo(boxIou(first, moved), 3)
    await page.evaluate('letGo()')
    await mouse(301, 161)
    await number('iou').toBe(boxIou(first, second))
    await mouse(340, 200)
    await number('iou').toBe(boxIou(first, second))
    await page.mouse.up()
  })
})
