import { expect, it } from 'vitest'
import { PRESETS } from '../../config/presets.ts'
import { checksumOf, findPublished, PUBLISHED, PUBLISHED_NAMES, PUBLISHER } from './published.ts'

it.each(PUBLISHED_NAMES)('the SHA-256 of %s begins as its name ends', (name) => {
  const { file, sha256 } = PUBLISHED[name]
  const { sha256: _, ...nameOnly } = PUBLISHED[name]
  expect(checksumOf(nameOnly)).toMatch(/^[0-9a-f]{8}$/)
  expect(checksumOf({ file, ...(sha256 && { sha256 }) })).toMatch(
    new RegExp(`^${checksumOf(nameOnly)}([0-9a-f]{56})?$`),
  )
})

it('only one file is known by the beginning of its SHA-256 alone', () => {
  const partly = PUBLISHED_NAMES.filter((name) => PUBLISHED[name].sha256 === undefined)
  expect(partly).toEqual(['vgg16-features'])
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

it('a file is recognised by its SHA-256, whatever it is called, and not by a beginning of it', () => {
  expect(findPublished(PUBLISHED.ssdlite320.sha256!)).toBe('ssdlite320')
  expect(findPublished(`a79551df${'0'.repeat(56)}`)).toBeUndefined()
  expect(findPublished(`88682ab5${'0'.repeat(56)}`)).toBe('vgg16-features')
  expect(findPublished('0'.repeat(64))).toBeUndefined()
})
