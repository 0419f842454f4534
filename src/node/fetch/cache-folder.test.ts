import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { cacheFolder } from './cache-folder.ts'

const shared = resolve('caches')
const standard = join(homedir(), '.cache', 'singleshot')

it.each([
  ['in the home folder', {}, standard],
  ['where XDG_CACHE_HOME says', { XDG_CACHE_HOME: shared }, join(shared, 'singleshot')],
  ['but not at a relative XDG_CACHE_HOME', { XDG_CACHE_HOME: 'caches' }, standard],
  [
    'and above all where SINGLESHOT_CACHE says',
    { SINGLESHOT_CACHE: 'mine', XDG_CACHE_HOME: shared },
    resolve('mine'),
  ],
  ['an empty variable is none', { SINGLESHOT_CACHE: '', XDG_CACHE_HOME: '' }, standard],
])('the cache is %s', (_, environment, folder) => {
  expect(cacheFolder(environment)).toBe(folder)
})
