import { describe, expect, it } from 'vitest'
import type { ExplorerFiles } from './explain-files.ts'
import { answerRequest } from './page-answer.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const files: ExplorerFiles = new Map([
  ['index.html', async () => bytes('<p>')],
  ['data/a b.json', async () => bytes('{}')],
  ['gone.png', () => Promise.reject(new Error('removed meanwhile'))],
])
const ask = (url: string, more = {}) =>
  answerRequest(files, { method: 'GET', url, host: '127.0.0.1:5319', ...more })

describe('the answer of the page’s server', () => {
  it('is the file, with its kind and length', async () => {
    const { status, headers, body } = await ask('/data/a%20b.json?x=1#y')
    expect([status, headers['content-type'], headers['content-length']]).toEqual([
      ...[200, 'application/json', 2],
    ])
    expect(body).toEqual(bytes('{}'))
  })

  it('is index.html for a folder', async () => {
    for (const url of ['/', '', '//', '/?lesson=3']) expect((await ask(url)).status).toBe(200)
  })

  it('has no body where only headers are asked for', async () => {
    const { status, body } = await ask('/', { method: 'HEAD' })
    expect([status, body]).toEqual([200, undefined])
  })

  it.each([
    ['/nothing.html', {}, 404],
    ['/../../etc/passwd', {}, 404],
    ['/%2e%2e/secret', {}, 404],
    ['/%', {}, 404], // Not an address at all.
    ['/gone.png', {}, 404],
    ['/', { method: 'POST' }, 405],
    ['/', { method: undefined }, 405],
    ['/', { host: 'evil.example' }, 403],
    ['/', { host: '127.0.0.1.evil.example' }, 403],
    ['/', { host: undefined }, 403],
  ])('to %s %j is %i', async (url, more, status) => {
    expect((await ask(url, more)).status).toBe(status)
  })

  it('tells the browser to trust nothing, whatever it is', async () => {
    for (const url of ['/', '/nothing']) {
      const { headers } = await ask(url)
      expect(headers['content-security-policy']).toContain('default-src')
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
  })
})
