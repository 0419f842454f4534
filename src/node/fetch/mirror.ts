/** @file The address that published files come from: the publisher's, or a mirror's that somebody names. */
import { SingleshotError } from '../../error/singleshot-error.ts'
import { PUBLISHER } from '../../weights/foreign/published.ts'

/** Where to ask, and as whom. */
export interface Mirror {
  /** The folder that holds the files; ends with a slash. It never holds a user name or a password. */
  readonly address: URL
  /** The `Authorization` header of an address with a user name or password in it. */
  readonly authorization?: string
  /** Whether somebody on the way could send another file: plain http, beyond this machine. */
  readonly forgeable: boolean
}

/**
 * Reads the address of a mirror. A password in it goes into a header, so that no message shows it.
 * @param text the address of a folder, e.g. `https://user:password@example.org/models`; empty: the publisher's
 * @throws SingleshotError E_CONFIG for what is no such address
 */
export function readMirror(text = ''): Mirror {
  const folder = text === '' ? PUBLISHER : text.endsWith('/') ? text : `${text}/`
  if (!URL.canParse(folder)) throw notAMirror(text)
  const address = new URL(folder)
  const { protocol, username, password, hostname } = address
  if (!/^https?:$/.test(protocol)) throw notAMirror(text)
  const forgeable = protocol === 'http:' && !isThisMachine(hostname)
  address.username = ''
  address.password = ''
  if (username === '' && password === '') return { address, forgeable }
  const login = [username, password].map(decoded).join(':')
  const authorization = `Basic ${Buffer.from(login).toString('base64')}`
  return { address, authorization, forgeable }
}

/** As it was typed, if a percent sign in it begins no escape. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const isThisMachine = (host: string) =>
  host === 'localhost' || host === '[::1]' || host.startsWith('127.')

function notAMirror(text: string): SingleshotError {
  return new SingleshotError('E_CONFIG', {
    where: 'pull',
    rule: 'expected a mirror whose address begins with https:// or http://',
    got: text.replace(/[^/]*@/, '…@'),
  })
}
