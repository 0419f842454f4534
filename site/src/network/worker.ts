/** @file The thread in which the network computes, so that the page stays free to draw. */
import { detectImage, traceImage } from 'singleshot/core'
import { createWebEngine } from 'singleshot/web'
import { problemOf } from '../shell/problem.ts'
import { LoadedLosses } from './loaded-losses.ts'
import { LoadedModels } from './loaded-models.ts'
import type { Answer, Question, QuestionKind, Questions } from './protocol.ts'
import { RUNTIME_FILES } from './runtime-files.ts'
import { timeStages } from './time-stages.ts'

type Answerers = {
  [Kind in QuestionKind]: (ask: Questions[Kind]['ask']) => Promise<Questions[Kind]['answer']>
}

const engine = createWebEngine({ files: RUNTIME_FILES })
const models = new LoadedModels(engine)
const losses = new LoadedLosses(engine)

const answerers: Answerers = {
  load: async ({ url }) => {
    const { config, notes, bytes, weights } = await models.model(url)
    await models.detector(url)
    const weightCount = [...weights.values()].reduce((sum, { length }) => sum + length, 0)
    return { config, notes, bytes, weightCount }
  },
  detect: async ({ url, image, options }) =>
    detectImage(await models.detector(url), image, options),
  trace: async ({ url, image, options }) => traceImage(await models.tracer(url), image, options),
  time: async ({ url, image }) => {
    const { config } = await models.model(url)
    const [whole, small] = [await models.detector(url), await models.smallDetector(url)]
    return timeStages(engine, { whole, small, config }, image)
  },
  loss: ({ config, answers, targets }) => losses.run(config, answers, targets),
}

// One question after the other: two runs at once would only share the same cores.
let last: Promise<unknown> = Promise.resolve()

addEventListener('message', ({ data }: MessageEvent<Question>) => {
  last = last.then(() => reply(data))
})

async function reply({ id, kind, ask }: Question): Promise<void> {
  try {
    const value = await (answerers[kind] as (ask: unknown) => Promise<never>)(ask)
    postMessage({ id, value } satisfies Answer)
  } catch (error) {
    postMessage({ id, problem: problemOf(error) } satisfies Answer)
  }
}
