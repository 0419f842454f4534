import { expect, it } from 'vitest'
import type { DataSummary } from '../dataset/summary.ts'
import { SingleshotError } from '../error/singleshot-error.ts'
import { createDataTalk } from './data-talk.ts'

const problem = (file: string) =>
  new SingleshotError('E_XML', { where: 'f', rule: 'r', file, remedy: 'Mend it.' })

const summary: DataSummary = {
  ...{ name: 'cells test', split: null, images: 1, emptyImages: 0, objects: 2, classes: [] },
  ...{ smallest: null, largest: null, lookalikes: [], unlabelled: null, labels: null, notes: [] },
  leftOut: { images: 12, objects: 0 },
  problems: { E_XML: 12 },
}

it('ten problems are named, the rest counted, and a remedy is told once', () => {
  const said: string[] = []
  const talk = createDataTalk(false, (line) => said.push(line))
  for (let i = 0; i < 12; i++) talk.problem(problem(`${i}.xml`))
  expect(said).toHaveLength(11)
  expect(said.slice(0, 3)).toEqual([
    'left out: E_XML f: r (0.xml)',
    '  Mend it.',
    'left out: E_XML f: r (1.xml)',
  ])
  talk.judgedData(summary)
  expect(said.slice(11)).toEqual([
    '… and 2 more problems',
    'cells test: judged on 1 picture with 2 labelled objects. Left out: 12 pictures (12 E_XML).',
  ])
})

it('what comes later is named again, and if strict nothing is called left out', () => {
  const said: string[] = []
  const talk = createDataTalk(true, (line) => said.push(line))
  for (let i = 0; i < 11; i++) talk.problem(problem('a.xml'))
  talk.trainingData(summary)
  talk.problem(problem('late.xml'))
  expect(said.at(-1)).toBe('wrong: E_XML f: r (late.xml)')
})

it('the check of pictures is shown only where it takes a while', () => {
  const shown: string[] = []
  const progress = { update: (_: number, text: string) => shown.push(text), done: () => undefined }
  const talk = createDataTalk(false, () => undefined)
  talk.checked(progress, 7, 199)
  talk.checked(progress, 7, 200)
  expect(shown).toEqual(['7 of 200 pictures checked'])
})
