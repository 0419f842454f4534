import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { LESSONS } from '../lessons/index.ts'
import { elsewhere, TERMS, termOf } from './terms.ts'

const glossary = readFileSync(new URL('../../../docs/glossary.md', import.meta.url), 'utf8')

it('docs/glossary.md has the same terms, with the same meanings and names', () => {
  const rows = [
    ...glossary.matchAll(/^\| ([^|]+) \| ([^|]+) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$/gm),
  ]
    .map(([, ...cells]) => cells.map((cell) => cell.trim()))
    .filter(([term]) => term !== 'term')
  expect(rows).toEqual(
    TERMS.map(({ term, meaning, lecture, caffe, torchvision }) => [
      term,
      meaning,
      lecture,
      caffe,
      torchvision,
    ]),
  )
})

it('every term is stressed in some lesson, where it is explained', () => {
  const texts = LESSONS.map(({ idea, more, question, answer }) =>
    [idea, more, question, answer].join(' '),
  ).join(' ')
  const unused = TERMS.filter(
    ({ term }) => !texts.toLowerCase().includes(`*${term.toLowerCase()}*`),
  ).map(({ term }) => term)
  expect(unused).toEqual([])
})

it('tells what others call it, and nothing of those who use the same word', () => {
  expect(elsewhere(termOf('anchors')!)).toContain('torchvision: default boxes')
  expect(elsewhere(termOf('tanh')!)).toBe('')
  expect(termOf('learns')).toBeUndefined()
})
