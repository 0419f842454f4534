/** What lessons 8, 9 and 13 claim of this page's network, worked out by the network itself. No browser is needed. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lesson as mining } from '../../site/src/lessons/08-mining/lesson.ts'
import { judge, weighAll, weighMined } from '../../site/src/lessons/08-mining/weigh.ts'
import { lesson as training } from '../../site/src/lessons/09-training/lesson.ts'
import { lesson as why } from '../../site/src/lessons/13-why/lesson.ts'
import { LESSON_SCENES } from '../../src/dataset/scene-options.ts'
import { generateScene } from '../../src/dataset/shapes.ts'
import { createEngine } from '../../src/engine/node.ts'
import type { Trace } from '../../src/explain/trace.ts'
import { traceImage } from '../../src/explain/trace-image.ts'
import { compileForTrace, type Tracer } from '../../src/explain/tracer.ts'
import { whyMissed } from '../../src/explain/why.ts'
import { input } from '../../src/graph/tensor.ts'
import { initialWeights, Scope } from '../../src/network/scope.ts'
import { ssd } from '../../src/network/ssd.ts'
import { readModel } from '../../src/weights/model-file.ts'

const data = new URL('../../site/public/data/', import.meta.url)
const { snapshots } = JSON.parse(readFileSync(new URL('manifest.json', data), 'utf8')) as {
  readonly snapshots: readonly { readonly file: string }[]
}
const FIRST_SCENE = 191
const MISS_SCENE = 19
const SHOWN = 0.5

const engine = createEngine({ threads: 2 })
let trained: Tracer
beforeAll(async () => {
  trained = await tracerOf('model.safetensors')
})
afterAll(() => engine.close())

async function tracerOf(file: string): Promise<Tracer> {
  const { config, weights } = readModel(new Uint8Array(readFileSync(new URL(file, data))), file)
  return compileForTrace(engine, config, weights)
}

/** The network before its first step, as the page has it. */
async function untrained(): Promise<Tracer> {
  const { config } = trained
  const scope = new Scope('evaluate')
  ssd(scope, input('images', [1, 3, config.input.height, config.input.width]), config)
  return compileForTrace(engine, config, initialWeights(scope, 1))
}

function traceScene(tracer: Tracer, index: number): Promise<Trace> {
  const { image, objects } = generateScene(1, index, LESSON_SCENES)
  return traceImage(tracer, image, { objects })
}

const inOneLine = (text = '') => text.replace(/\s+/g, ' ')
const percent = (share: number) => `${Math.round(share * 100)}%`
const outcomes = (trace: Trace) =>
  trace.objects.map((_, object) => whyMissed(trace, { object }, { shownScore: SHOWN }).stage)

describe('lesson 8 (W8): the negatives’ part of the class loss', () => {
  it('is what the text says, after the first epoch and at the end', async () => {
    const rule = { negativesPerPositive: 3, minimumNegatives: 16 }
    const sharesOf = async (tracer: Tracer) => {
      const judged = judge((await traceScene(tracer, FIRST_SCENE)).anchors)
      return [weighAll(judged).share, weighMined(judged, rule).share].map(percent)
    }
    const early = await tracerOf(snapshots[0]!.file)
    const [all, mined] = await sharesOf(early)
    const [allTrained, minedTrained] = await sharesOf(trained)
    const text = inOneLine(mining.more)
    const [allFresh, minedFresh] = await sharesOf(await untrained())
    expect(text).toContain(
      `make ${allFresh} of this picture’s class loss; with mining, ${minedFresh}`,
    )
    expect(text).toContain(`After one epoch it is ${all} and ${mined}`)
    expect(text).toContain(`${allTrained} without mining, ${minedTrained} with it`)
  })
})

describe('lesson 9: the loss is not what we want', () => {
  it('at the lowest loss of all snapshots the picture has eight boxes for five objects', async () => {
    const losses: number[] = []
    let last: Trace | undefined
    for (const { file } of snapshots) {
      const tracer = await tracerOf(file)
      last = await traceScene(tracer, FIRST_SCENE)
      losses.push(last.loss!.loss)
    }
    expect(losses.indexOf(Math.min(...losses))).toBe(losses.length - 1)
    expect(last!.objects).toHaveLength(5)
    expect(last!.detections.filter(({ score }) => score >= SHOWN)).toHaveLength(8)
    expect(inOneLine(training.answer)).toContain('eight boxes for five objects')
  })
})

describe('lesson 13 (W17): misses', () => {
  it('it opens on a scene with one; on the scene of the other lessons there is none', async () => {
    const opening = await traceScene(trained, MISS_SCENE)
    const first = await traceScene(trained, FIRST_SCENE)
    expect(outcomes(opening)).toContain('score')
    expect(new Set(outcomes(first))).toEqual(new Set(['found']))
  })

  it('in the first 40 scenes as many as the text says', async () => {
    const counts = new Map<string, number>()
    let objects = 0
    for (let index = 0; index < 40; index++)
      for (const stage of outcomes(await traceScene(trained, index))) {
        objects += 1
        counts.set(stage, (counts.get(stage) ?? 0) + 1)
      }
    const missed = objects - counts.get('found')!
    expect(inOneLine(why.more)).toContain(`misses ${missed} of ${objects} objects`)
    expect(inOneLine(why.more)).toContain(
      `It takes ${counts.get('background')} of them for background and ${counts.get('other-class')} for another class, ${counts.get('score')} have too low a score, and NMS removes ${counts.get('suppressed')}`,
    )
  })
})
