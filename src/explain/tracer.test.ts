import { describe, expect, it } from 'vitest'
import { noCapabilities } from '../../test/support/capabilities.ts'
import { tinyModel } from '../config/tiny.ts'
import type { Engine, Program } from '../engine/engine.ts'
import { input } from '../graph/tensor.ts'
import { initialWeights, Scope } from '../network/scope.ts'
import { ssd } from '../network/ssd.ts'
import { compileForTrace } from './tracer.ts'

const config = tinyModel(['cat'], { width: 96, height: 64 })

function weights() {
  const scope = new Scope('evaluate')
  ssd(scope, input('images', [1, 3, 64, 96]), config)
  return initialWeights(scope, 1)
}

/** An engine that compiles so many programs and then no more; tells which are still open. */
function engineFor(programs: number) {
  const open = new Set<number>()
  const compile = async () => {
    const id = open.size
    if (id === programs) throw new Error('no more programs')
    open.add(id)
    return { close: async () => void open.delete(id) } as unknown as Program
  }
  return { open, engine: { capabilities: noCapabilities, compile } as unknown as Engine }
}

describe('a tracer', () => {
  it('frees both of its programs when it is closed', async () => {
    const { engine, open } = engineFor(2)
    const tracer = await compileForTrace(engine, config, weights())
    expect(open.size).toBe(2)
    await tracer.close()
    expect(open.size).toBe(0)
  })

  it('is closed at the end of a block that declares it with await using', async () => {
    const { engine, open } = engineFor(2)
    {
      await using _tracer = await compileForTrace(engine, config, weights())
      expect(open.size).toBe(2)
    }
    expect(open.size).toBe(0)
  })

  it('frees the network when the loss cannot be compiled', async () => {
    const { engine, open } = engineFor(1)
    await expect(compileForTrace(engine, config, weights())).rejects.toThrow('no more programs')
    expect(open.size).toBe(0)
  })
})
