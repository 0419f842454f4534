/** @file What the lessons claim, worked out from the state that their figures show. Numbers in texts are read there. */
import {
  generateScene,
  LESSON_SCENES,
  SHAPE_CLASSES,
  SSD_PAPER,
  TANH_REACH,
  tinyModel,
} from 'singleshot/core'
import { describe, expect, it } from 'vitest'
import { PAGE_INPUT } from '../network/page-input.ts'
import { FIRST_SCENE } from '../picture/source.ts'
import { decodeBox, encodeBox } from './05-offsets/offsets.ts'
import { countMaps, numbersPerAnchor } from './06-network/one-pass.ts'
import { fieldOfCell, layerSteps } from './06-network/receptive-field.ts'
import { classErrorOf } from './07-loss/blame.ts'
import { minedCount } from './08-mining/weigh.ts'
import { LESSONS } from './index.ts'
import { CONTROLS as SANDBOX_CONTROLS } from './sandbox/controls.ts'
import { configOf } from './sandbox/setting.ts'
import { situationOf } from './sandbox/situation.ts'
import { THRESHOLDS, treadsOf } from './sandbox/stairs.ts'

const scene = generateScene(1, FIRST_SCENE, LESSON_SCENES)
const size = { width: scene.image.width, height: scene.image.height }
const page = tinyModel(SHAPE_CLASSES, PAGE_INPUT)
const setting = {
  ...Object.fromEntries(
    Object.entries(SANDBOX_CONTROLS).map(([key, control]) => [key, control.default]),
  ),
  stride: Number(SANDBOX_CONTROLS.stride.default),
  ratios: Number(SANDBOX_CONTROLS.ratios.default),
} as unknown as Parameters<typeof configOf>[0]

/** All texts of a lesson in one line. */
function textOf(id: string): string {
  const { idea, more, question, answer, proof, next } = LESSONS.find((one) => one.id === id)!
  return [idea, more, question, answer, proof?.shows, next].join(' ').replace(/\s+/g, ' ')
}

describe('lesson 5 (W11, W12)', () => {
  it('twice and half as wide have the numbers of the text', () => {
    const anchor = { x1: 100, y1: 0, x2: 200, y2: 50 }
    const wide = (width: number) => ({ ...anchor, x1: 150 - width / 2, x2: 150 + width / 2 })
    expect(encodeBox('log', anchor, wide(200))[2]).toBeCloseTo(3.47, 2)
    expect(encodeBox('log', anchor, wide(50))[2]).toBeCloseTo(-3.47, 2)
  })

  it('dividing by 0.1 and 0.2 makes errors of place count 10 and 5 times as much', () => {
    const { boxCoder } = SSD_PAPER
    expect(boxCoder.name === 'log' && boxCoder.offsetScale.map((scale) => 1 / scale)).toEqual([
      10, 10, 5, 5,
    ])
    expect(textOf('05-offsets')).toContain('10 and 5 times as much')
  })

  it('with tanh a centre stays in its cell, though the box need not', () => {
    const anchor = { x1: 100, y1: 100, x2: 200, y2: 200 }
    const far = decodeBox('tanh', anchor, [9, 9, 9, 9])
    expect((far.x1 + far.x2) / 2).toBeLessThanOrEqual(200)
    expect(far.x2).toBeGreaterThan(200)
    expect(TANH_REACH).toBe(0.5)
    expect(textOf('05-offsets')).toContain('The centre of a box can then never leave its cell')
  })

  it('offsets of 0 are the anchor itself', () => {
    const anchor = { x1: 10, y1: 20, x2: 50, y2: 90 }
    expect(decodeBox('log', anchor, [0, 0, 0, 0])).toEqual(anchor)
  })
})

describe('lesson 6 (W6, W15)', () => {
  const maps = countMaps(page)

  it('four maps are kept, and a cell holds far more than a pixel’s three numbers', () => {
    expect(maps).toHaveLength(4)
    const { network } = page
    expect(network.name === 'tiny' && Math.min(...network.channels.slice(2))).toBeGreaterThan(32)
    expect(textOf('06-network')).not.toContain('halved pictures')
  })

  it('over a hundred thousand numbers come out of one pass', () => {
    const numbers = maps.reduce((sum, map) => sum + map.numbers, 0)
    expect(numbers).toBe(9144 * numbersPerAnchor(page))
    expect(numbers).toBe(118_872)
    expect(textOf('10-boxes')).toContain('over a hundred thousand plain numbers')
  })

  it('on every map a cell has seen more than the map’s largest anchor, or more than the whole picture is wide', () => {
    const { network } = page
    if (network.name !== 'tiny') throw new Error('the page’s network is tiny')
    for (const [level, { shapes }] of maps.entries()) {
      const field = fieldOfCell(layerSteps(network, page.featureMaps[level]!.stride).at(-1)!, 0, 0)
      const largest = Math.max(...shapes.flatMap(({ width, height }) => [width, height]))
      expect(field.x2 - field.x1).toBeGreaterThan(Math.min(largest, PAGE_INPUT.width))
    }
  })
})

describe('lessons 7 and 8 (W9, W10)', () => {
  it('both anchors of the question have the same class error, 2.3', () => {
    expect(classErrorOf(0.1)).toBeCloseTo(2.3, 1)
    expect(textOf('07-loss')).toContain('cup 90%, background 10%')
    expect(textOf('07-loss')).toContain('background 90%, cup 10%')
  })

  it('the floor is this library’s: three per positive, and none without it', () => {
    expect(minedCount(0, 500, { negativesPerPositive: 3, minimumNegatives: 0 })).toBe(0)
    const { classLoss } = page.loss
    const floor = 'minimumNegatives' in classLoss ? classLoss.minimumNegatives : Number.NaN
    expect(textOf('08-mining')).toContain(`a minimum number of negatives per picture: ${floor}`)
  })
})

describe('the sandbox (W18)', () => {
  it('has steps: far fewer losses than stops of the slider', () => {
    const config = configOf(setting, { classes: SHAPE_CLASSES, model: null })
    const treads = treadsOf(situationOf(config, scene.objects, size), size)
    expect(treads.length).toBeGreaterThan(5)
    expect(treads.length).toBeLessThan(THRESHOLDS.length / 2)
  })
})

describe('all lessons', () => {
  it('anchors learn nothing: networks do (W13)', () => {
    for (const { id } of LESSONS)
      expect(textOf(id)).not.toMatch(
        /anchors? (there )?(learns? (to|for|the)|had not learned|must learn)/,
      )
    expect(textOf('06-network')).toContain('The anchors learn nothing')
  })

  it('what decides a miss is “the step that decided it”, and a slider has a price (W16)', () => {
    expect(textOf('13-why')).toContain('There a slider can bring it back, at a price')
    expect(textOf('13-why')).not.toContain('always a first step')
  })

  it('the page’s “lesson 9” is never fast.ai’s', () => {
    for (const { id } of LESSONS) expect(textOf(id)).not.toMatch(/Lesson 9 of|lesson 9 of/)
  })
})
