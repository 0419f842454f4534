/** @file The options about threads and device, which several commands share. */
import type { Size } from '../box/box.ts'
import type { Device, EngineOptions } from '../engine/engine.ts'
import { MOST_THREADS } from '../engine/node.ts'
import type { Invocation, Option } from './command.ts'

/** Options about the engine. */
export const ENGINE_OPTIONS = {
  threads: {
    type: 'count',
    value: 'N',
    least: 1,
    most: MOST_THREADS,
    standard: 'all cores',
    text: 'threads to compute with',
  },
  device: {
    type: 'text',
    value: 'NAME',
    choices: ['cpu', 'webgpu'],
    standard: 'cpu',
    text: 'where to compute',
  },
} as const satisfies Record<string, Option>

/** The engine's options from a command's. */
export function engineOptions(options: Invocation['options']): EngineOptions {
  return {
    ...(options.threads !== undefined && { threads: options.threads as number }),
    ...(options.device !== undefined && { device: options.device as Device }),
  }
}

/** `320x240` as a size; the command line has checked it. */
export function readSize(text: string): Size {
  const [width, height] = text.split('x').map(Number)
  return { width: width!, height: height! }
}
