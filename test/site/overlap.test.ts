import { describe, it } from 'vitest'
import { FIRST_BOXES } from '../../site/src/lessons/02-overlap/overlap.ts'
import { boxIou } from '../../src/box/iou.ts'
import { useSite, WITHOUT_BROWSER } from './open-site.ts'

const first = { x1: 20, y1: 30, x2: 220, y2: 180 }
const second = { x1: 120, y1: 80, x2: 330, y2: 200 }
const STATE = '02-overlap?boxes=20,30,220,180;120,80,330,200'

describe.skipIf(WITHOUT_BROWSER)('lesson 2', () => {
  const site = useSite()

  it('restores the boxes of its address, and shows the library’s IoU', async () => {
    const { goTo, number } = await site.open()
    await goTo(STATE)
    await number('iou').toBe(boxIou(first, second))
  })

  it('moves a box by keyboard and writes it into the address', async () => {
    const { page, goTo, number } = await site.open()
    await goTo(STATE)
    await page.locator('canvas').first().focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Alt+ArrowRight')
    await page.waitForURL(/121,80,331,200/)
    await number('iou').toBe(boxIou(first, { ...second, x1: 121, x2: 331 }))
  })

  it('moves a box by mouse', async () => {
    const { page, goTo, number } = await site.open()
    await goTo(STATE)
    const area = (await page.locator('canvas').first().boundingBox())!
    const scale = area.width / 400
    const at = (x: number, y: number) => [area.x + x * scale, area.y + y * scale] as const
    await page.mouse.move(...at(280, 140))
    await page.mouse.down()
    await page.mouse.move(...at(300, 160), { steps: 4 })
    await page.mouse.up()
    const moved = { x1: 140, y1: 100, x2: 350, y2: 220 }
    await number('iou').toBeCloseTo(boxIou(first, moved), 3)
  })

  it('far apart, the IoU and its slope are 0', async () => {
    const { page, goTo, numbers } = await site.open()
    await goTo('02-overlap')
    await page.getByRole('button', { name: 'Pull them apart' }).click()
    await page.getByText('The boxes do not touch.').waitFor()
    await numbers('iou', 'slope-right', 'slope-down').toEqual([0, 0, 0])
  })

  it('takes the first boxes for a garbled address', async () => {
    const { goTo, number } = await site.open()
    const [one, other] = FIRST_BOXES
    await goTo('02-overlap')
    await number('iou').toBe(boxIou(one!, other!))
    await goTo('02-overlap?boxes=1,2,three')
    await number('iou').toBe(boxIou(one!, other!))
  })
})
