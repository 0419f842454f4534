import { expect, it } from 'vitest'
import { PRESETS } from '../config/presets.ts'
import { checksumStart, findPublished, PUBLISHED, PUBLISHED_NAMES, PUBLISHER } from './published.ts'

it.each(PUBLISHED_NAMES)('the name of %s holds the beginning of its SHA-256', (name) => {
  expect(checksumStart(PUBLISHED[name])).toMatch(/^[0-9a-f]{8}$/)
})

it.each(PUBLISHED_NAMES)('%s is for a preset that there is, with terms and a size', (name) => {
  const { preset, licence, megabytes } = PUBLISHED[name]
  expect(Object.keys(PRESETS)).toContain(preset)
  expect(licence).not.toBe('')
  expect(megabytes).toBeGreaterThan(1)
})

it('files are fetched safely', () => {
  expect(PUBLISHER).toMatch(/^https:.*\/$/)
})

it('a file is recognised by its SHA-256, whatever it is called', () => {
  expect(findPublished(`a79551df${'0'.repeat(56)}`)).toBe('ssdlite320')
  expect(findPublished('0'.repeat(64))).toBeUndefined()
})
