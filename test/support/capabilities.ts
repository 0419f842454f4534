/** @file What an engine of a test says that it can do. */
import type { Capabilities } from '../../src/engine/engine.ts'

/** An engine that computes nothing: plain operators, no blocks. */
export async function noCapabilities(): Promise<Capabilities> {
  return {
    device: 'cpu',
    runtime: 'native',
    target: 'cpu',
    threads: 1,
    memory: undefined,
    channelBlock: async () => undefined,
  }
}
