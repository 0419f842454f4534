import { expect, it } from 'vitest'
import { FIRST_SCENE, formatSource, parseSource } from './source.ts'

it('scenes and pictures of the manifest have a word in the address', () => {
  expect(parseSource('data-3')).toEqual({ kind: 'data', index: 3 })
  expect(formatSource({ kind: 'scene', index: 12 })).toBe('scene-12')
})

it('what is on the learner’s device only has none', () => {
  expect(formatSource({ kind: 'photo', name: 'me.jpg' })).toBeNull()
  expect(formatSource({ kind: 'webcam' })).toBeNull()
})

it.each([null, '', 'scene', 'scene--1', 'scene-1e9', 'photo-1'])(
  '%s is the first scene',
  (text) => {
    expect(parseSource(text)).toEqual({ kind: 'scene', index: FIRST_SCENE })
  },
)
