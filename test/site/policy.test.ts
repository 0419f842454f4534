/** @file That the page may do no more than it needs, from our server and from any other. */
import { describe, expect, it } from 'vitest'
import { PAGE_POLICY, PAGE_POLICY_HEADER } from '../../src/node/page/page-policy.ts'
import { useSite, WITHOUT_BROWSER } from './open-site.ts'

describe.skipIf(WITHOUT_BROWSER)('the policy of the page', () => {
  const site = useSite()

  it('comes with the page and with every answer of our server, and forbids framing', async () => {
    const { headers } = await fetch(site.address())
    expect(headers.get('content-security-policy')).toBe(PAGE_POLICY_HEADER)
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    const missing = await fetch(`${site.address()}none`)
    expect(missing.headers.get('content-security-policy')).toBe(PAGE_POLICY_HEADER)
    const { page } = await site.open()
    await page.goto(site.address())
    const carried = page.locator('meta[http-equiv="Content-Security-Policy"]')
    await expect.poll(() => carried.getAttribute('content')).toBe(PAGE_POLICY)
    await page.close()
  })

  it.each([
    [
      'a script written into the page',
      "const s = document.createElement('script'); s.text = 'x'; document.head.append(s)",
      'script-src',
    ],
    [
      'a script of a blob',
      "const s = document.createElement('script'); s.src = URL.createObjectURL(new Blob(['x'])); document.head.append(s)",
      'script-src',
    ],
    ['a question to another address', "fetch('http://192.0.2.1/').catch(() => 0)", 'connect-src'],
    ['a picture from another address', "new Image().src = 'http://192.0.2.1/'", 'img-src'],
    [
      'a page within the page',
      "const f = document.createElement('iframe'); f.src = 'http://192.0.2.1/'; document.body.append(f)",
      'frame-src',
    ],
    [
      'a form sent elsewhere',
      "const f = document.createElement('form'); f.action = 'http://192.0.2.1/'; document.body.append(f); f.submit()",
      'form-action',
    ],
  ])('forbids %s', async (_, attempt, directive) => {
    const { page, goTo } = await site.open()
    await goTo('02-overlap')
    const refused = await page.evaluate(`new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective))
      ${attempt}
    })`)
    expect(String(refused).startsWith(directive)).toBe(true)
    await page.close()
  })
})
