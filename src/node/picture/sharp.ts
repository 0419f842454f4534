/**
 * @file sharp, which decodes and encodes pictures. It is loaded when it is first used, so that where its native part is
 * missing everything else still works, and its own good advice reaches the user.
 */
import { createRequire } from 'node:module'
import type { Sharp, SharpInput, SharpOptions } from 'sharp'
import { describeError, SingleshotError } from '../../error/singleshot-error.ts'

type OpenSharp = (input?: SharpInput, options?: SharpOptions) => Sharp

let loaded: OpenSharp | undefined

/** As sharp's own function. @throws SingleshotError E_ENGINE where sharp cannot be loaded */
export function sharp(input?: SharpInput, options?: SharpOptions): Sharp {
  loaded ??= loadSharp(createRequire(import.meta.url))
  return loaded(input, options)
}

/** Loads sharp. @param load gives a module by its name @throws SingleshotError E_ENGINE with sharp's own advice */
export function loadSharp(load: (name: string) => unknown): OpenSharp {
  try {
    return load('sharp') as OpenSharp
  } catch (cause) {
    const [reason, ...advice] = describeError(cause)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && line !== 'Possible solutions:')
    throw new SingleshotError('E_ENGINE', {
      where: 'readImage',
      rule: 'expected sharp, which decodes pictures, to load',
      got: reason,
      remedy: advice.length > 0 ? oneLine(advice) : 'Install it again: npm install sharp.',
      cause,
    })
  }
}

/** Points of a list, each of which may go over several lines, as one line. */
function oneLine(lines: readonly string[]): string {
  return lines.join(' ').replace(/^- /, '').replaceAll(' - ', '; ')
}
